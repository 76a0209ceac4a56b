package dev.vitals.health;

import dev.vitals.health.HealthEndpoint.Format;
import dev.vitals.http.Response;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The bodies of single checks, rendered like those of probes: on first read, and at most every 250 ms. */
final class CheckBodies {
    private static final int MOST_KEPT = 256;

    private record Key(String name, Format format) {}

    private final HealthMonitor monitor;
    private final Renewed<HealthReport> report;
    private final Map<Key, Renewed<Response>> kept = new ConcurrentHashMap<>();

    CheckBodies(HealthMonitor monitor) {
        this.monitor = monitor;
        this.report = new Renewed<>(System::nanoTime, monitor::report);
    }

    boolean has(String name) {
        return find(report.get(), name) != null;
    }

    Response get(String name, Format format) {
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        return kept.computeIfAbsent(new Key(name, format), key -> new Renewed<>(System::nanoTime, () -> render(key)))
                .get();
    }

    private Response render(Key key) {
        HealthReport known = report.get();
        HealthReport.Check check = find(known, key.name());
        if (check == null) {
            return HealthEndpoint.NOT_FOUND;
        }
        byte[] body = BodyWriter.of(key.format()).check(known, check, monitor.history(key.name()));
        return key.format().response(check.status(), body);
    }

    private static HealthReport.@Nullable Check find(HealthReport report, String name) {
        for (HealthReport.Check check : report.checks()) {
            if (check.name().equals(name)) {
                return check;
            }
        }
        return null;
    }
}
