package dev.vitals.health;

import java.nio.file.Path;

/**
 * Is told what the checks find. That each change is logged needs none: the monitor does so itself, through SLF4J, to
 * the logger {@code dev.vitals.health.HealthMonitor}. Each listener is called on a thread of its own, in order, and holds up nobody: what it
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

    /**
     * A listener that keeps the last changes, and where a check hangs, in a small file. With
     * {@code /dev/termination-log}, {@code kubectl describe pod} explains why a container was restarted.
     *
     * @param file where to write, up to 4,096 bytes; in a folder that exists
     * @return the listener
     * @throws IllegalArgumentException if the file cannot be written to
     */
    static HealthListener terminationLog(Path file) {
        return new TerminationLog(file);
    }
}
