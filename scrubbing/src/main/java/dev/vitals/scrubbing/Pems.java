package dev.vitals.scrubbing;

import java.util.List;

/**
 * PEM blocks (RFC 7468), also with their lines joined, escaped as in JSON or concatenated as in source code, and in
 * base64 once more. One that is cut off ends where it no longer looks like base64. What has no base64 behind its first
 * line is talk about PEM.
 */
final class Pems {
    static final String BEGIN = "-----BEGIN ";
    static final String END = "-----END ";
    static final String DASHES = "-----";
    private static final String ENCODED = "LS0tLS1CRUdJTi";
    private static final int LONGEST_LABEL = 64;
    private static final int LONGEST_HEADER = 256;
    // All of them: one may have another beginning in it, which would read the rest once more.
    private static final int LONGEST_HEADERS = 512;
    private static final int LONGEST_GAP = 64;
    private static final int LINE = 16;

    private Pems() {}

    static List<Literal> literals() {
        return List.of(new Literal(BEGIN, Pems::block), new Literal(ENCODED, Pems::encoded));
    }

    private static long encoded(CharSequence text, int at, int from, long kinds) {
        if (Ascii.isAt(text, at - 1, Ascii.BASE64 & ~Ascii.EQUALS)) {
            return Found.NONE;
        }
        int end = Ascii.runEnd(text, at, Ascii.BASE64 | Ascii.BASE64_URL, text.length());
        return end - at < ENCODED.length() + LINE ? Found.NONE : Found.of(Kind.PEM, at, end);
    }

    private static long block(CharSequence text, int at, int from, long kinds) {
        int body = labelEnd(text, at + BEGIN.length());
        int end = body < 0 ? -1 : bodyEnd(text, body);
        return end < 0 ? Found.NONE : Found.of(Kind.PEM, at, end);
    }

    /** {@return the index behind a label and its dashes, negative where there is none} */
    private static int labelEnd(CharSequence text, int at) {
        int i = at;
        int limit = Math.min(text.length(), at + LONGEST_LABEL);
        while (i < limit && (Ascii.is(text.charAt(i), Ascii.ALNUM) || text.charAt(i) == ' ')) {
            i++;
        }
        return i > at && Ascii.hasAt(text, i, DASHES) ? i + DASHES.length() : -1;
    }

    /** {@return where a block ends, negative where it has nothing in it} */
    private static int bodyEnd(CharSequence text, int body) {
        int end = -1;
        int i = body;
        while (true) {
            int word = gapEnd(text, i);
            if (word < 0) {
                return end;
            }
            if (Ascii.hasAt(text, word, END)) {
                int label = labelEnd(text, word + END.length());
                return end < 0 ? -1 : label < 0 ? word : label;
            }
            int stop = wordEnd(text, word);
            if (stop - word >= LINE) {
                end = stop;
            } else if (end < 0) {
                stop = headerEnd(text, word);
                if (stop < 0 || stop - body > LONGEST_HEADERS) {
                    return -1;
                }
            } else if (stop == word || !isLastLine(text, stop)) {
                return end;
            } else {
                end = stop;
            }
            i = stop;
        }
    }

    // The short line before the END, or before nothing.
    private static boolean isLastLine(CharSequence text, int stop) {
        int next = gapEnd(text, stop);
        return next < 0 || text.charAt(next) == '-';
    }

    private static int wordEnd(CharSequence text, int at) {
        int i = at;
        while (i < text.length()) {
            if (Ascii.is(text.charAt(i), Ascii.BASE64)) {
                i++;
            } else if (text.charAt(i) == '\\'
                    && Ascii.isAt(text, i + 1, '/')) { // a slash as some JSON writers escape it
                i += 2;
            } else {
                break;
            }
        }
        return i;
    }

    // Proc-Type: 4,ENCRYPTED
    private static int headerEnd(CharSequence text, int at) {
        int i = Ascii.runEnd(text, at, Ascii.BASE64_URL, at + LINE * 2);
        if (i == at || !Ascii.isAt(text, i, ':')) {
            return -1;
        }
        int limit = Math.min(text.length(), i + LONGEST_HEADER);
        while (i < limit && !Chars.isLineEnd(text.charAt(i)) && text.charAt(i) != '\\') {
            i++;
        }
        return i;
    }

    /** {@return the end of what may stand between two lines, negative where nothing follows or it goes on for too long} */
    private static int gapEnd(CharSequence text, int at) {
        int limit = at + LONGEST_GAP;
        int i = at;
        while (i < text.length() && i < limit) {
            char c = text.charAt(i);
            if (c == '\\') {
                int next = Chars.skipBackslashes(text, i);
                boolean letter =
                        Ascii.isAt(text, next, 'n') || Ascii.isAt(text, next, 'r') || Ascii.isAt(text, next, 't');
                i = letter ? next + 1 : next;
            } else if (Chars.isSpace(c) || isGlue(text, i)) {
                i++;
            } else {
                return i;
            }
        }
        return -1;
    }

    // Quotes, the plus and the comma of source code, the > and | of quoted text.
    private static boolean isGlue(CharSequence text, int at) {
        char c = text.charAt(at);
        if (c == '+') {
            return Chars.isSpace(at + 1 < text.length() ? text.charAt(at + 1) : ' ');
        }
        return Chars.isQuote(c) || c == ',' || c == '>' || c == '|' || c == '#' || c == '*';
    }
}
