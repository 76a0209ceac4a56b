package dev.vitals.health;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Looks for threads that wait for each other for ever. */
final class DeadlockScan extends Scan {
    private static final int MOST_NAMES = 8;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    DeadlockScan(LongSupplier nanoTime) {
        super(nanoTime);
    }

    @Override
    @Nullable
    String look(Deadline deadline) {
        long[] ids = threads.findDeadlockedThreads();
        if (ids == null) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (ThreadInfo info : threads.getThreadInfo(ids)) {
            if (info != null && names.size() < MOST_NAMES) {
                names.add(info.getThreadName());
            }
        }
        return ids.length + " threads are deadlocked: " + String.join(", ", names);
    }
}
