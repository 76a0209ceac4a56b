package dev.vitals.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The timers of served requests, a bounded number of them: each label is bounded by itself, but a client that tries
 * every method on every route multiplies them. A combination that comes after the bound loses its route and its error's
 * type, then its method and its scheme; never its status, and never whether there was an error. What was made before
 * stays as it is. Safe for use by many threads; what is known, folded or not, is found without a lock.
 */
final class RequestTimers {
    /** How many more, once the bound is reached, still tell methods and schemes apart. */
    static final int WITHOUT_ROUTE = 200;

    private static final System.Logger LOG = System.getLogger(RequestTimers.class.getName());
    private static final Duration[] BUCKETS = IntStream.of(
                    5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_000, 2_500, 5_000, 7_500, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final long most;
    private final Counter foldedRoutes;
    private final Counter foldedErrorTypes;
    private final Counter foldedMethods;
    private final Counter foldedSchemes;
    private final Series series = new Series();
    private final AtomicLong made = new AtomicLong();
    private final AtomicBoolean logged = new AtomicBoolean();

    RequestTimers(MeterRegistry registry, long most) {
        this.registry = registry;
        this.most = most;
        foldedRoutes = folded(HttpDefinitions.ROUTE.name());
        foldedErrorTypes = folded(HttpDefinitions.ERROR_TYPE.name());
        foldedMethods = folded(HttpDefinitions.METHOD.name());
        foldedSchemes = folded(HttpDefinitions.SCHEME.name());
    }

    private Counter folded(String label) {
        return BoundedLabel.folded(registry, HttpDefinitions.SERVER_DURATION.meter(), label);
    }

    Timer of(String method, String route, String status, String scheme, String errorType) {
        Timer timer = within(most, method, route, status, scheme, errorType);
        return timer != null ? timer : withoutRoute(method, route, status, scheme, errorType);
    }

    private Timer withoutRoute(String method, String route, String status, String scheme, String errorType) {
        logOnce();
        count(foldedRoutes, route);
        count(foldedErrorTypes, errorType);
        String error = errorType.isEmpty() ? errorType : BoundedLabel.OTHER;
        Timer timer = within(most + WITHOUT_ROUTE, method, BoundedLabel.OTHER, status, scheme, error);
        if (timer != null) {
            return timer;
        }
        count(foldedMethods, method);
        count(foldedSchemes, scheme);
        Series leaf = series.at(BoundedLabel.OTHER)
                .at(BoundedLabel.OTHER)
                .at(status)
                .at(BoundedLabel.OTHER)
                .at(error);
        return timer(leaf, BoundedLabel.OTHER, BoundedLabel.OTHER, status, BoundedLabel.OTHER, error);
    }

    private @Nullable Timer within(
            long bound, String method, String route, String status, String scheme, String errorType) {
        Series known = find(method, route, status, scheme, errorType);
        Series leaf =
                known != null || made.get() >= bound ? known : admit(bound, method, route, status, scheme, errorType);
        return leaf == null ? null : timer(leaf, method, route, status, scheme, errorType);
    }

    private @Nullable Series find(String method, String route, String status, String scheme, String errorType) {
        Series found = series.find(route);
        found = found == null ? null : found.find(method);
        found = found == null ? null : found.find(status);
        found = found == null ? null : found.find(scheme);
        return found == null ? null : found.find(errorType);
    }

    private synchronized @Nullable Series admit(
            long bound, String method, String route, String status, String scheme, String errorType) {
        Series earlier = find(method, route, status, scheme, errorType);
        if (earlier != null || made.get() >= bound) {
            return earlier;
        }
        made.incrementAndGet();
        return series.at(route).at(method).at(status).at(scheme).at(errorType);
    }

    private Timer timer(Series leaf, String method, String route, String status, String scheme, String errorType) {
        Timer known = leaf.timer();
        return known != null ? known : leaf.keep(register(method, route, status, scheme, errorType));
    }

    private Timer register(String method, String route, String status, String scheme, String errorType) {
        return Timer.builder(HttpDefinitions.SERVER_DURATION.meter())
                .description(HttpDefinitions.SERVER_DURATION.description())
                .tag(HttpDefinitions.METHOD.name(), method)
                .tag(HttpDefinitions.ROUTE.name(), route)
                .tag(HttpDefinitions.STATUS_CODE.name(), status)
                .tag(HttpDefinitions.SCHEME.name(), scheme)
                .tag(HttpDefinitions.ERROR_TYPE.name(), errorType)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static void count(Counter folded, String value) {
        if (!value.isEmpty() && !value.equals(BoundedLabel.OTHER)) {
            folded.increment();
        }
    }

    private void logOnce() {
        if (!logged.get() && logged.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "{0}: more combinations of labels than its {1}: what is new becomes {2} and is counted in {3}; this is logged once",
                    HttpDefinitions.SERVER_DURATION.meter(),
                    most,
                    BoundedLabel.OTHER,
                    SelfDefinitions.LABELS_FOLDED.meter());
        }
    }
}
