package dev.vitals.health.checks;

import dev.vitals.health.HealthResult;

/**
 * What is kept elsewhere cannot be asked. Its message becomes the reason of the check that asked: a few words for people,
 * which stand in the log as well, and so without data and secrets.
 */
public final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, in a few words. */
    private final String reason;

    /** Whether it was asked at all. */
    private final boolean asked;

    private UnavailableException(String reason, boolean asked) {
        super(reason);
        this.reason = reason;
        this.asked = asked;
    }

    /**
     * It was asked and did not tell, or could not be reached: the check is DOWN.
     *
     * @param reason why, in a few words, for example {@code no answer in time}
     */
    public UnavailableException(String reason) {
        this(reason, true);
    }

    /**
     * {@return it was not asked, so as not to be in the way of the application: nothing is known against it, and the check is
     * DEGRADED}
     *
     * @param reason why, in a few words, for example {@code not asked: pool exhausted}
     */
    public static UnavailableException notAsked(String reason) {
        return new UnavailableException(reason, false);
    }

    /** {@return what a check says of it} */
    public HealthResult result() {
        return asked ? HealthResult.down(reason) : HealthResult.degraded(reason);
    }
}
