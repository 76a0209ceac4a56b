package dev.vitals.scrubbing;

/**
 * Looks at the text around a trigger. It reads a bounded window (or goes on only where the pass then goes on behind what
 * it read), allocates nothing, and never throws.
 */
@FunctionalInterface
interface Verifier {
    /**
     * {@return what was found ({@link Found}), {@link Found#NONE} where it is nothing}
     *
     * @param text the text
     * @param at where the trigger begins
     * @param from where a finding may begin at the earliest: the end of the one before
     * @param kinds the bits of the kinds that are looked for
     */
    long verify(CharSequence text, int at, int from, long kinds);
}
