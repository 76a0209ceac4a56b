package dev.vitals.integration.bad.one;

import dev.vitals.integration.bad.two.Two;

/** Breaks rules, so that a test can see them broken. */
public final class One {
    /** A public field that anybody may set. */
    public int mutable = 1;

    /** Closes a cycle of packages, prints to the console and prints a stack trace. */
    public void misbehave(Two two) {
        two.misbehave(this);
        System.out.println("to the console");
        new IllegalStateException().printStackTrace();
    }
}
