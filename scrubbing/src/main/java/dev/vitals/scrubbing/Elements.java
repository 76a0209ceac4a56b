package dev.vitals.scrubbing;

import java.util.List;

/** The text of XML elements whose name is sensitive: {@code <password>x</password>}, found where the element ends. */
final class Elements {
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST = 512;
    private static final String OPENS = "<![CDATA[";
    private static final String CLOSES = "]]>";

    private Elements() {}

    /** {@return the ends of elements, also as a JSON string may have them} */
    static List<Literal> literals(Keys keys) {
        return List.of(literal("</", keys), literal("<\\/", keys));
    }

    private static Literal literal(String end, Keys keys) {
        return new Literal(
                end,
                (text, at, from, kinds) ->
                        isSensitive(text, at + end.length(), keys) ? text(text, at, from) : Found.NONE);
    }

    private static boolean isSensitive(CharSequence text, int at, Keys keys) {
        int start = at;
        int end = at;
        while (end < text.length() && end - at <= LONGEST_NAME) {
            char c = text.charAt(end);
            if (c == ':') {
                start = end + 1; // the prefix of a namespace
            } else if (!Chars.inName(c)) {
                break;
            }
            end++;
        }
        boolean closed = end < text.length() && (text.charAt(end) == '>' || Chars.isSpace(text.charAt(end)));
        return closed && keys.mayBeSensitive(text, start, end) && keys.isSensitive(text, start, end);
    }

    private static long text(CharSequence text, int at, int from) {
        int end = skipSpaces(text, at, from);
        boolean data = Ascii.hasAt(text, end - CLOSES.length(), CLOSES);
        if (data) {
            end -= CLOSES.length();
        }
        int open = data ? dataStart(text, end) : tagEnd(text, end);
        if (open < 0) {
            return Found.NONE;
        }
        int start = Math.max(open, from);
        while (start < end && Chars.isSpace(text.charAt(start))) {
            start++;
        }
        boolean told = start >= end || Placeholders.isOne(text, start, end) || Labels.end(text, start) == end;
        return told ? Found.NONE : Found.of(Kind.SECRET, start, end);
    }

    private static int tagEnd(CharSequence text, int end) {
        for (int i = end - 1; i >= 0 && end - i <= LONGEST; i--) {
            char c = text.charAt(i);
            if (c == '>' || c == '<') {
                return c == '>' ? i + 1 : -1;
            }
        }
        return -1;
    }

    private static int dataStart(CharSequence text, int end) {
        for (int i = end; i >= OPENS.length() && end - i <= LONGEST; i--) {
            char c = text.charAt(i - 1);
            if (c == '[' && Ascii.hasAt(text, i - OPENS.length(), OPENS)) {
                return i;
            }
            if (c == '>' && Ascii.hasAt(text, i - CLOSES.length(), CLOSES)) {
                return -1;
            }
        }
        return -1;
    }

    private static int skipSpaces(CharSequence text, int at, int from) {
        int end = at;
        while (end > from && at - end < LONGEST && Chars.isSpace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }
}
