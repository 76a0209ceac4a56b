package dev.vitals.scrubbing;

/** Finds where a name really begins: a run of name characters may have something before it that is no part of it. */
final class KeyStart {
    private static final int LONGEST = 128;

    private KeyStart() {}

    static int of(CharSequence text, int start, int end) {
        int from = afterOpenBracket(text, Math.max(start, end - LONGEST), end);
        return ofClass(text, from, end);
    }

    // In "Credentials[user=bob" the name is "user", in "credentials[user]=bob" it is all of it.
    private static int afterOpenBracket(CharSequence text, int start, int end) {
        int closed = 0;
        for (int i = end - 1; i >= start; i--) {
            char c = text.charAt(i);
            if (c == ']') {
                closed++;
            } else if (c == '[' && --closed < 0) {
                return i + 1;
            }
        }
        return start;
    }

    /** {@return whether a name is that of a method behind its class, as in "LoginTest.refusesPassword:83"} */
    static boolean isMethod(CharSequence text, int start, int end) {
        int dot = end - 1;
        while (dot > start && text.charAt(dot) != '.') {
            dot--;
        }
        int type = dot;
        while (type > start && text.charAt(type - 1) != '.') {
            type--;
        }
        return dot > type
                && dot + 1 < end
                && Character.isUpperCase(text.charAt(type))
                && Character.isLowerCase(text.charAt(dot + 1));
    }

    // In "com.acme.token.Refresher: started" the packages say nothing.
    private static int ofClass(CharSequence text, int start, int end) {
        int dots = 0;
        int afterDot = start;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.') {
                dots++;
                afterDot = i + 1;
            } else if (Character.isUpperCase(c)) {
                return dots >= 2 && i == afterDot ? afterDot : start;
            }
        }
        return start;
    }
}
