package dev.vitals.health;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks for threads that wait for each other for ever. The JVM also names those that would give up by themselves after
 * a while; so the same threads must be found twice in a row, none of them waiting for a limited time.
 */
final class DeadlockScan extends Scan {
    private static final int MOST_NAMES = 8;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private Set<Long> foundBefore = Set.of();

    DeadlockScan(LongSupplier nanoTime) {
        super(nanoTime);
    }

    @Override
    synchronized @Nullable String look(Deadline deadline) {
        long[] ids = threads.findDeadlockedThreads();
        List<ThreadInfo> infos = ids == null
                ? List.of()
                : Stream.of(threads.getThreadInfo(ids))
                        .filter(info -> info != null)
                        .toList();
        boolean givesUp = infos.stream().anyMatch(info -> info.getThreadState() == Thread.State.TIMED_WAITING);
        Set<Long> found =
                ids == null || givesUp ? Set.of() : LongStream.of(ids).boxed().collect(Collectors.toUnmodifiableSet());
        boolean stays = !found.isEmpty() && found.equals(foundBefore);
        foundBefore = found;
        if (!stays) {
            return null;
        }
        return found.size() + " threads are deadlocked: "
                + infos.stream()
                        .limit(MOST_NAMES)
                        .map(ThreadInfo::getThreadName)
                        .collect(Collectors.joining(", "));
    }
}
