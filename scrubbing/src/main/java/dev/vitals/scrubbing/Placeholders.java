package dev.vitals.scrubbing;

import java.util.Set;

/** Tells values that stand for a secret, or for there being none, from secrets. */
final class Placeholders {
    private static final int LONGEST = 16;
    private static final Set<String> ALL =
            Set.of("null", "none", "true", "false", "undefined", "?", "%s", "{}", "[]", "()", "-", "***", "<null>");

    private Placeholders() {}

    static boolean isOne(CharSequence text, Span value) {
        if (value.to() - value.from() > LONGEST) {
            return false;
        }
        StringBuilder lower = new StringBuilder();
        boolean stars = true;
        for (int i = value.from(); i < value.to(); i++) {
            char c = text.charAt(i);
            stars &= c == '*';
            lower.append(Character.toLowerCase(c));
        }
        return stars || ALL.contains(lower.toString());
    }
}
