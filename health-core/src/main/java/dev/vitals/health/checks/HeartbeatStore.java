package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import java.time.Duration;
import java.util.List;

/**
 * Where workers leave their heartbeats for other processes to read: a table, a Redis key. Ages are by the store's own
 * clock, so that no two machines need to agree on the time. Safe for use by many threads.
 *
 * <p>{@link RemoteHeartbeat} writes into it, {@link WorkersCheck} reads from it.
 */
public interface HeartbeatStore {
    /**
     * Notes that a worker lived a moment ago; what was noted of it before is replaced.
     *
     * @param group the workers that do the same work, for example {@code invoices}
     * @param worker this one among them, for example the host's name
     * @param age how long ago its last beat was
     * @param deadline how long there is
     * @throws UnavailableException if it could not be noted, for the reason that this gives
     * @throws Exception if something else went wrong
     */
    void write(String group, String worker, Duration age, Deadline deadline) throws Exception;

    /**
     * Forgets a worker that ended as it should.
     *
     * @param group its group
     * @param worker its name in it
     * @param deadline how long there is
     * @throws UnavailableException if it could not be forgotten, for the reason that this gives
     * @throws Exception if something else went wrong
     */
    void remove(String group, String worker, Deadline deadline) throws Exception;

    /**
     * {@return how long ago each worker of a group last lived, in any order; empty where there is none} A beat is kept for a
     * day. Negative where it is dated ahead of the store's clock, which was put back.
     *
     * @param group the group
     * @param deadline how long there is
     * @throws UnavailableException if that cannot be told, for the reason that this gives
     * @throws Exception if something else went wrong
     */
    List<Duration> ages(String group, Deadline deadline) throws Exception;
}
