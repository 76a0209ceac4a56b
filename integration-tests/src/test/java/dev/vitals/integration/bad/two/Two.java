package dev.vitals.integration.bad.two;

import dev.vitals.integration.bad.one.One;

/** Breaks rules, so that a test can see them broken. */
public final class Two {
    /** Final, and yet anybody may write into it. */
    @SuppressWarnings("MutablePublicArray") // that is the point
    public static final int[] MUTABLE = {1};

    /** Closes a cycle of packages. */
    public void misbehave(One one) {
        one.misbehave(this);
    }
}
