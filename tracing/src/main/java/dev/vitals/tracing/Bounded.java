package dev.vitals.tracing;

import java.util.function.UnaryOperator;

/** Texts as spans may show them: scrubbed, cut after that, and never read beyond a bound. */
final class Bounded {
    private static final int LONGEST_READ = 16_384;
    /** What could be half a secret where a text was cut before it was scrubbed. */
    private static final int DOUBTFUL = 256;

    private Bounded() {}

    static String scrubbed(String text, UnaryOperator<String> scrubber, int longest) {
        boolean tooLong = text.length() > LONGEST_READ;
        String scrubbed = scrubber.apply(tooLong ? text.substring(0, LONGEST_READ) : text);
        return cut(scrubbed, tooLong ? Math.min(longest, Math.max(0, scrubbed.length() - DOUBTFUL)) : longest);
    }

    /** Never between the halves of a character. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        boolean splits = longest > 0 && Character.isHighSurrogate(text.charAt(longest - 1));
        return text.substring(0, splits ? longest - 1 : longest);
    }
}
