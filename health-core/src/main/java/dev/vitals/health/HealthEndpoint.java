package dev.vitals.health;

import static java.util.Objects.requireNonNull;

import dev.vitals.health.HealthReport.Lifecycle;
import dev.vitals.http.Endpoint;
import dev.vitals.http.Request;
import dev.vitals.http.Response;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Serves a {@link HealthMonitor} over HTTP: {@code /health}, {@code /health/liveness}, {@code /health/readiness},
 * {@code /health/startup}, and {@code /health/{check}} for the authorised. Anybody gets the overall status of a probe
 * and nothing else; who gets more is for the {@link DetailsPolicy} to say. Safe for use by many threads.
 */
public final class HealthEndpoint implements Endpoint {
    private static final String JSON = "application/json";
    private static final Response NOT_FOUND = Response.text(404, "not found\n");

    private final HealthMonitor monitor;
    private final DetailsPolicy policy;
    private final Map<Lifecycle, Map<Status, Response>> bare = bareResponses();
    private final Map<Probe, DetailedBody> detailed = new EnumMap<>(Probe.class);

    private HealthEndpoint(HealthMonitor monitor, DetailsPolicy policy) {
        this.monitor = requireNonNull(monitor, "monitor");
        this.policy = requireNonNull(policy, "policy");
        for (Probe probe : Probe.values()) {
            detailed.put(probe, new DetailedBody(System::nanoTime, () -> render(probe)));
        }
    }

    /**
     * {@return an endpoint that shows nobody any details}
     *
     * @param monitor whose health is served
     */
    public static HealthEndpoint of(HealthMonitor monitor) {
        return of(monitor, DetailsPolicy.denied());
    }

    /**
     * {@return an endpoint}
     *
     * @param monitor whose health is served
     * @param policy who may read details
     */
    public static HealthEndpoint of(HealthMonitor monitor, DetailsPolicy policy) {
        return new HealthEndpoint(monitor, policy);
    }

    @Override
    public List<String> paths() {
        return List.of(Probe.HEALTH.path() + "/*");
    }

    @Override
    public Response handle(Request request) {
        String path = withoutTrailingSlash(request.path());
        Probe probe = probe(path);
        boolean mayKnow = policy.allows(request);
        if (probe == null) {
            // Known and unknown names look alike to those who may not know.
            return mayKnow ? check(path.substring(Probe.HEALTH.path().length() + 1)) : NOT_FOUND;
        }
        return mayKnow ? requireNonNull(detailed.get(probe)).get() : bare(probe);
    }

    /** A stray slash in a probe's path must not restart anything. */
    private static String withoutTrailingSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static @Nullable Probe probe(String path) {
        for (Probe probe : Probe.values()) {
            if (probe.path().equals(path)) {
                return probe;
            }
        }
        return null;
    }

    private Response check(String name) {
        for (HealthReport.Check check : monitor.report().checks()) {
            if (check.name().equals(name)) {
                return Response.of(check.status().httpStatus(), JSON, HealthJson.render(check));
            }
        }
        return NOT_FOUND;
    }

    private Response render(Probe probe) {
        HealthReport report = monitor.report();
        return Response.of(report.status(probe).httpStatus(), JSON, HealthJson.render(report, probe));
    }

    private Response bare(Probe probe) {
        Snapshot snapshot = monitor.snapshot();
        return requireNonNull(requireNonNull(bare.get(snapshot.lifecycle())).get(monitor.status(probe, snapshot)));
    }

    private static Map<Lifecycle, Map<Status, Response>> bareResponses() {
        var responses = new EnumMap<Lifecycle, Map<Status, Response>>(Lifecycle.class);
        for (Lifecycle lifecycle : Lifecycle.values()) {
            var byStatus = new EnumMap<Status, Response>(Status.class);
            for (Status status : Status.values()) {
                byStatus.put(status, Response.of(status.httpStatus(), JSON, HealthJson.bare(status, lifecycle)));
            }
            responses.put(lifecycle, byStatus);
        }
        return responses;
    }
}
