package dev.vitals.scrubbing;

/**
 * A literal trigger.
 *
 * @param text at least two characters, ASCII, matched as they are
 * @param verifier what looks at the text where the literal stands
 * @param entry the index of the character at which the pass notices it
 */
record Literal(String text, Verifier verifier, int entry) {
    Literal(String text, Verifier verifier) {
        this(text, verifier, 1);
    }

    Literal enteredAt(int index) {
        return new Literal(text, verifier, index);
    }

    boolean standsAt(CharSequence in, int start) {
        if (start + text.length() > in.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (in.charAt(start + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
