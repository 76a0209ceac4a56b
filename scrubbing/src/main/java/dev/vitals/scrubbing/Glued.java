package dev.vitals.scrubbing;

/**
 * Secrets in words that nothing marks: {@code dbpassword}, {@code clientsecret}. The end must do, or for "password" any
 * part.
 */
final class Glued {
    private static final String[] ENDS = {"secret", "token", "pwd", "apikey", "credentials"};
    private static final String[] PARTS = {"password", "passwd", "passphrase"};

    private Glued() {}

    static boolean isSecret(CharSequence text, int from, int to) {
        char last = WordTable.lower(text.charAt(to - 1));
        if (last == 't' || last == 'n' || last == 'd' || last == 'y' || last == 's') {
            for (String end : ENDS) {
                if (to - from > end.length() && Chars.matches(text, to - end.length(), end)) {
                    return true;
                }
            }
        }
        boolean less = to - from == 12 && Chars.matches(text, from, "passwordless");
        return !less && hasPart(text, from, to);
    }

    private static boolean hasPart(CharSequence text, int from, int to) {
        for (int i = from; i + 6 <= to; i++) {
            char c = text.charAt(i);
            if (c == 'p' || c == 'P') {
                for (String part : PARTS) {
                    if (i + part.length() <= to && Chars.matches(text, i, part)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
