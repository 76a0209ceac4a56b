package dev.vitals.health;

/**
 * Is told what the checks find. Each listener is called on a thread of its own, in order, and holds up nobody: what it
 * throws is logged once, and where it is too slow, calls are left out and counted ({@link HealthReport.Engine}).
 */
public interface HealthListener {
    /**
     * A run has ended, or its deadline has passed; a run that hangs counts once more at each interval.
     *
     * @param after what is known of the check now
     */
    default void onCompleted(HealthReport.Check after) {}

    /**
     * The status of a check has changed, or its first result is there. Called once for each change. A check that is
     * DOWN because of another is told with that {@link HealthReport.Check#cause cause}: who counts failures leaves it
     * out, and is told again if it is still DOWN once the cause is gone.
     *
     * @param before what was known before; not looked at yet if {@link HealthReport.Check#checkedAt} is null
     * @param after what is known now
     */
    default void onChanged(HealthReport.Check before, HealthReport.Check after) {}
}
