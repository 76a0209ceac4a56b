package dev.vitals.scrubbing;

/**
 * A literal trigger.
 *
 * @param text at least two characters, ASCII, matched as they are
 * @param verifier what looks at the text where the literal stands
 */
record Literal(String text, Verifier verifier) {}
