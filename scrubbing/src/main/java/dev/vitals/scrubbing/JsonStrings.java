package dev.vitals.scrubbing;

/** What stands between the quotes of a JSON string (RFC 8259, section 7). */
final class JsonStrings {
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String MEANINGS = "\"\\/\b\f\n\r\t";

    private JsonStrings() {}

    /** {@return the text that a string means; an escape that is none, or was cut off, stays as it is} */
    static String unescape(String raw) {
        StringBuilder out = new StringBuilder(raw.length());
        int copied = 0;
        int at = raw.indexOf('\\');
        while (at >= 0 && at + 1 < raw.length()) {
            char c = raw.charAt(at + 1);
            int meaning = c == 'u' ? unicode(raw, at + 2) : meaning(c);
            int next = at + (c == 'u' && meaning >= 0 ? 6 : 2);
            if (meaning >= 0) {
                out.append(raw, copied, at).append((char) meaning);
                copied = next;
            }
            at = raw.indexOf('\\', next);
        }
        return out.append(raw, copied, raw.length()).toString();
    }

    private static int meaning(char c) {
        int index = ESCAPES.indexOf(c);
        return index < 0 ? -1 : MEANINGS.charAt(index);
    }

    private static int unicode(String raw, int from) {
        if (from + 4 > raw.length()) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            char c = raw.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /**
     * Writes a text as a string means it.
     *
     * @param text the text
     * @param raw what it was made of: what its writer escaped without need (for HTML, for ASCII) stays escaped
     */
    static void escape(String text, String raw, StringBuilder out) {
        boolean slashes = raw.contains("\\/");
        boolean ascii = raw.contains("\\u");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escape = MEANINGS.indexOf(c);
            if (escape >= 0 && (c != '/' || slashes)) {
                out.append('\\').append(ESCAPES.charAt(escape));
            } else if (c < ' ' || isLone(text, i) || (ascii && (c > '~' || "<>&'".indexOf(c) >= 0))) {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(Character.forDigit(c >> shift & 0xf, 16));
                }
            } else {
                out.append(c);
            }
        }
    }

    // Half a character cannot be written in UTF-8.
    private static boolean isLone(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 >= text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
