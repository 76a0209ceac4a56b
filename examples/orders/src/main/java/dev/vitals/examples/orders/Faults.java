package dev.vitals.examples.orders;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The faults, and which are on. Switching is done on one thread of its own, one after the other. A fault switches
 * itself off after a while and when the demo ends.
 */
final class Faults implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private final Map<String, Fault> faults = new LinkedHashMap<>();
    private final Map<String, ScheduledFuture<?>> ends = new HashMap<>();
    private final Duration longest;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "faults");
        thread.setDaemon(true);
        return thread;
    });

    Faults(Duration longest, List<Fault> faults) {
        this.longest = longest;
        faults.forEach(fault -> this.faults.put(fault.name(), fault));
    }

    Map<String, Fault> all() {
        return faults;
    }

    boolean isOn(String name) {
        synchronized (ends) {
            return ends.containsKey(name);
        }
    }

    /** Has it switched soon; the future tells when, or what went wrong. */
    Future<?> set(Fault fault, boolean on) {
        return thread.submit(() -> {
            apply(fault, on);
            return null;
        });
    }

    private void apply(Fault fault, boolean on) throws Exception {
        synchronized (ends) {
            ScheduledFuture<?> end = ends.remove(fault.name());
            if (end != null) {
                end.cancel(false);
            }
            if (on) {
                ends.put(fault.name(), thread.schedule(() -> end(fault), longest.toMillis(), TimeUnit.MILLISECONDS));
            }
        }
        LOG.info("fault {}: {}", fault.name(), on ? "on (" + fault.effect() + ")" : "off");
        fault.action().set(on);
    }

    private void end(Fault fault) {
        try {
            apply(fault, false);
        } catch (Exception failed) {
            LOG.warn("fault {} could not be switched off: {}", fault.name(), failed.toString());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(3, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        faults.values().stream().filter(fault -> isOn(fault.name())).forEach(fault -> {
            try {
                fault.action().set(false);
            } catch (Exception failed) {
                LOG.warn("fault {} could not be switched off: {}", fault.name(), failed.toString());
            }
        });
    }
}
