package dev.vitals.examples.orders;

import org.jspecify.annotations.Nullable;

/**
 * Something that can be broken on purpose.
 *
 * @param name its name in the path
 * @param effect what is to be seen while it is on
 * @param refusal why it cannot be switched here, or null where it can
 * @param action switches it; switching it twice does no harm
 */
record Fault(String name, String effect, @Nullable String refusal, Action action) {
    /** Switches a fault. */
    @FunctionalInterface
    interface Action {
        void set(boolean on) throws Exception;
    }

    Fault(String name, String effect, Action action) {
        this(name, effect, null, action);
    }
}
