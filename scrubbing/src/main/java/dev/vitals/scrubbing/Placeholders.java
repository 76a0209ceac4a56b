package dev.vitals.scrubbing;

/**
 * Tells values that stand for a secret, or for there being none, from secrets: stars, {@code null}, {@code [hidden]},
 * {@code <password>}, and what a shell or a template fills in. A default in it, {@code ${PASSWORD:hunter2}}, is a secret.
 */
final class Placeholders {
    private static final int LONGEST = 64;
    private static final int FEWEST = 3;
    private static final int IN_NAME = Ascii.ALNUM | Ascii.UNDERSCORE | Ascii.DASH | Ascii.DOT | Ascii.DOLLAR;
    private static final WordTable ALL = WordTable.of("null none true false undefined ? %s {} [] () - redacted masked");
    private static final WordTable IN_BRACKETS = WordTable.of("""
            null none empty hidden redacted masked protected filtered removed omitted secret password
            """);

    private Placeholders() {}

    /** {@return whether a part of a text is one; its last bracket may stand behind it} */
    static boolean isOne(CharSequence text, int from, int to) {
        if (isRun(text, from, to, '*')) {
            return true;
        }
        if (to - from > LONGEST) {
            return false;
        }
        char first = text.charAt(from);
        return switch (first) {
            case '$', '#', '%', '<', '{', '[', '(' -> isFilledIn(text, from, to, first) || isIn(ALL, text, from, to);
            case 'x', 'X' -> to - from >= FEWEST && isRun(text, from, to, first);
            default -> isIn(ALL, text, from, to);
        };
    }

    private static boolean isFilledIn(CharSequence text, int from, int to, char first) {
        boolean brace = Ascii.isAt(text, from + 1, '{');
        return switch (first) {
            case '$' -> brace ? isClosed(text, from + 2, to, '}') : isVariable(text, from + 1, to);
            case '#' -> brace && isClosed(text, from + 2, to, '}');
            case '%' -> to - 1 > from && text.charAt(to - 1) == '%' && isVariable(text, from + 1, to - 1);
            case '{' -> brace && isClosed(text, from + 2, to, '}');
            case '<' -> isClosed(text, from + 1, to, '>') && !Ascii.isAt(text, from + 1, Ascii.DIGIT);
            default -> isWord(text, from, to, first == '[' ? ']' : ')');
        };
    }

    // ${db.password}, {{ .Values.password }}, <your-token>; the value may have lost its brackets, which close it.
    private static boolean isClosed(CharSequence text, int from, int to, char close) {
        int end = to;
        while (end > from && text.charAt(end - 1) == close) {
            end--;
        }
        boolean closed = Ascii.isAt(text, end, close) && end > from;
        for (int i = from; i < end && closed; i++) {
            char c = text.charAt(i);
            closed = Ascii.is(c, close == '>' ? Ascii.LETTER | Ascii.DASH | Ascii.UNDERSCORE : IN_NAME) || c == ' ';
        }
        return closed;
    }

    // $DB_PASSWORD
    private static boolean isVariable(CharSequence text, int from, int to) {
        return Ascii.isAt(text, from, Ascii.UPPER)
                && to - from >= FEWEST
                && Ascii.runEnd(text, from, Ascii.UPPER | Ascii.UNDERSCORE, to) == to;
    }

    private static boolean isWord(CharSequence text, int from, int to, char close) {
        int end = text.charAt(to - 1) == close ? to - 1 : to;
        return Ascii.isAt(text, end, close) && isIn(IN_BRACKETS, text, from + 1, end);
    }

    private static boolean isIn(WordTable table, CharSequence text, int from, int to) {
        return table.meaning(WordTable.hash(0, text, from, to), text, from, to) != 0;
    }

    private static boolean isRun(CharSequence text, int from, int to, char c) {
        int i = from;
        while (i < to && text.charAt(i) == c) {
            i++;
        }
        return i == to;
    }
}
