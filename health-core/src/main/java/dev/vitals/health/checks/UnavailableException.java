package dev.vitals.health.checks;

/**
 * What is kept elsewhere cannot be asked. Its message becomes the reason of the check that asked: a few words for people,
 * which stand in the log as well, and so without data and secrets.
 */
public final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param reason why, in a few words, for example {@code no answer in time}
     */
    public UnavailableException(String reason) {
        super(reason);
    }

    /** {@return why} */
    String reason() {
        String reason = getMessage();
        return reason == null ? "not available" : reason;
    }
}
