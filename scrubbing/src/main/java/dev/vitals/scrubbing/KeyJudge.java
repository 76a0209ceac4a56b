package dev.vitals.scrubbing;

/** Judges names. */
@FunctionalInterface
interface KeyJudge {
    /** {@return what the name that stands in a text from one index to another says about its value} */
    KeyKind judge(CharSequence text, int from, int to);
}
