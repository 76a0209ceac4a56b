package dev.vitals.scrubbing;

import org.jspecify.annotations.Nullable;

/** Splits a name into its words, in whatever way it writes them: {@code dbPassword}, {@code X-Api-Key}, {@code a[b]}. */
final class Words {
    private final CharSequence text;
    private final int to;
    private int at;

    Words(CharSequence text, int from, int to) {
        this.text = text;
        this.at = from;
        this.to = to;
    }

    /** {@return the next word in lower case, numbers left out; null after the last} */
    @Nullable
    String next() {
        skipToLetter();
        if (at >= to) {
            return null;
        }
        StringBuilder word = new StringBuilder();
        char previous = text.charAt(at++);
        word.append(Character.toLowerCase(previous));
        while (at < to) {
            char c = text.charAt(at);
            if (!Character.isLetter(c) || startsWord(previous, c)) {
                break;
            }
            word.append(Character.toLowerCase(c));
            previous = c;
            at++;
        }
        return word.toString();
    }

    private void skipToLetter() {
        while (at < to) {
            char c = text.charAt(at);
            if (c == '%' && at + 2 < to && isHex(text.charAt(at + 1)) && isHex(text.charAt(at + 2))) {
                at += 3;
            } else if (Character.isLetter(c)) {
                return;
            } else {
                at++;
            }
        }
    }

    // "dbPassword" begins a word at P, "APIKey" at K: the last capital of a run belongs to what follows it.
    private boolean startsWord(char previous, char c) {
        if (!Character.isUpperCase(c)) {
            return false;
        }
        return !Character.isUpperCase(previous) || (at + 1 < to && Character.isLowerCase(text.charAt(at + 1)));
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0 && c < 128;
    }
}
