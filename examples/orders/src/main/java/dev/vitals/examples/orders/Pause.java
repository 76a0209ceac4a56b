package dev.vitals.examples.orders;

/** Waits that tell whether they were interrupted, for loops that must then end. */
final class Pause {
    private Pause() {}

    /** {@return whether the time has passed in peace; if not, the thread's interrupted flag is set} */
    static boolean millis(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
