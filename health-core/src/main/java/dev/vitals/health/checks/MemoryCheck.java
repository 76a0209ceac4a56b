package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How full the heap was after a collection: DEGRADED from 85 %, DOWN from 95 %. Advisory. Immutable, safe for use by
 * many threads.
 *
 * <pre>{@code
 * .readiness("memory", MemoryCheck.afterCollection())
 * }</pre>
 *
 * <p>Looks at what the last collection left in the pool of long-lived objects: a heap that is full before a collection
 * is a heap at work. The figure is as old as that collection, and there is none before the first.
 * Where a control group limits this process's memory, the limit and what is used of it are details: the kernel counts caches
 * in, so no verdict is made of them.
 *
 * <p>Measures {@code memory.used} (By), {@code memory.max} (By), {@code memory.used.ratio} (1) of that pool, and
 * {@code container.memory.used} and {@code container.memory.limit} (By) where there is a limit.
 *
 * @see MemoryPoolMXBean#getCollectionUsage
 */
public final class MemoryCheck implements HealthCheck {
    private final Supplier<@Nullable MemoryUsage> longLived;
    private final Cgroup cgroup;
    private final Limits limits;

    MemoryCheck(Supplier<@Nullable MemoryUsage> longLived, Cgroup cgroup, Limits limits) {
        this.longLived = longLived;
        this.cgroup = cgroup;
        this.limits = limits;
    }

    /** {@return a check of this JVM's heap} */
    public static MemoryCheck afterCollection() {
        return new MemoryCheck(MemoryCheck::ofThisJvm, Cgroup.ofThisProcess(), new Limits(0.85, 0.95));
    }

    /**
     * {@return this check, DEGRADED from another share of the heap on}
     *
     * @param share from 0 to 1
     * @throws IllegalArgumentException if that is no share, or above that of DOWN
     */
    public MemoryCheck degradedFrom(double share) {
        return new MemoryCheck(longLived, cgroup, new Limits(Options.share(share, "degradedFrom"), limits.down()));
    }

    /**
     * {@return this check, DOWN from another share of the heap on}
     *
     * @param share from 0 to 1
     * @throws IllegalArgumentException if that is no share, or below that of DEGRADED
     */
    public MemoryCheck downFrom(double share) {
        return new MemoryCheck(longLived, cgroup, new Limits(limits.degraded(), Options.share(share, "downFrom")));
    }

    @Override
    public boolean advisory() {
        return true;
    }

    @Override
    public HealthResult check(Deadline deadline) {
        MemoryUsage usage = longLived.get();
        HealthResult result;
        if (usage == null || usage.getUsed() == 0) {
            result = HealthResult.up().withDetail("heap", "no collection yet");
        } else {
            long max =
                    usage.getMax() > 0 ? usage.getMax() : Runtime.getRuntime().maxMemory();
            double share = (double) usage.getUsed() / max;
            String reason = Text.percent(share) + " of the heap in use after a collection, "
                    + Text.bytes(usage.getUsed()) + " of " + Text.bytes(max);
            result = Results.of(limits.of(share), reason)
                    .withDetail("heap", Map.of("usedBytes", usage.getUsed(), "maxBytes", max))
                    .withMeasurement("memory.used", "By", (double) usage.getUsed())
                    .withMeasurement("memory.max", "By", (double) max)
                    .withMeasurement("memory.used.ratio", "1", share);
        }
        return withContainer(result, cgroup.memory());
    }

    private static HealthResult withContainer(HealthResult result, Map<String, Long> container) {
        if (container.isEmpty()) {
            return result;
        }
        HealthResult more = result.withDetail("container", container);
        Long limit = container.get("limitBytes");
        Long used = container.get("usedBytes");
        more = limit == null ? more : more.withMeasurement("container.memory.limit", "By", (double) limit);
        return used == null ? more : more.withMeasurement("container.memory.used", "By", (double) used);
    }

    /** The pool of long-lived objects is the one of the heap that has a threshold for its use: so with all of HotSpot's collectors. */
    private static @Nullable MemoryUsage ofThisJvm() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported()) {
                MemoryUsage usage = pool.getCollectionUsage();
                if (usage != null) {
                    return usage;
                }
            }
        }
        return null;
    }
}
