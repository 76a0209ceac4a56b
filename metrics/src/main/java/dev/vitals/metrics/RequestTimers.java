package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import dev.vitals.metrics.ServedRoute.Place;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The timers of served requests, a bounded number of them: each label is bounded by itself, but a client that tries
 * every method on every route multiplies them. A combination that comes after the bound loses its route and its error's
 * type, then its method and its scheme; never its status or its kind, and never whether there was an error. What was
 * made before stays as it is. Safe for use by many threads; what is known, folded or not, is found without a lock.
 */
final class RequestTimers {
    /** How many more, once the bound is reached, still tell methods and schemes apart. */
    static final int WITHOUT_ROUTE = 200;

    private final MeterRegistry registry;
    private final long most;
    private final Duration[] buckets;
    private final ErrorTypes errorTypes;
    private final ServedRoute other;
    private final Counter foldedRoutes;
    private final Counter foldedErrorTypes;
    private final Counter foldedMethods;
    private final Counter foldedSchemes;
    private final FoldLog folds;
    private volatile long given;

    RequestTimers(
            MeterRegistry registry,
            long most,
            Collection<Duration> thresholds,
            ErrorTypes errorTypes,
            ServedRoute other) {
        this.registry = registry;
        this.most = most;
        this.errorTypes = errorTypes;
        this.other = other;
        folds = new FoldLog(HttpDefinitions.SERVER_DURATION.meter(), most);
        var all = new TreeSet<>(thresholds);
        all.addAll(HttpDefinitions.BUCKETS);
        buckets = all.toArray(Duration[]::new);
        foldedRoutes = folded(HttpDefinitions.ROUTE.name());
        foldedErrorTypes = folded(HttpDefinitions.ERROR_TYPE.name());
        foldedMethods = folded(HttpDefinitions.METHOD.name());
        foldedSchemes = folded(HttpDefinitions.SCHEME.name());
    }

    private Counter folded(String label) {
        return BoundedLabel.folded(registry, HttpDefinitions.SERVER_DURATION.meter(), label);
    }

    Timer of(ServedRoute route, int code) {
        Place place = route.find(code);
        return place != null ? timer(place, route, code) : madeOrFolded(route, code);
    }

    private Timer madeOrFolded(ServedRoute route, int code) {
        Place place = within(most, route, code);
        if (place != null) {
            return timer(place, route, code);
        }
        folds.sayOnce();
        count(foldedRoutes, route.label());
        count(foldedErrorTypes, errorTypes.name(code));
        int anyError = RequestCode.withAnyError(code);
        place = within(most + WITHOUT_ROUTE, other, anyError);
        if (place != null) {
            return timer(place, other, anyError);
        }
        count(foldedMethods, RequestCode.methodName(code));
        count(foldedSchemes, RequestCode.schemeName(code));
        int least = RequestCode.withAnyMethod(anyError);
        return timer(requireNonNull(within(Long.MAX_VALUE, other, least)), other, least);
    }

    private @Nullable Place within(long bound, ServedRoute route, int code) {
        Place place = route.find(code);
        return place != null || given >= bound ? place : admit(bound, route, code);
    }

    private synchronized @Nullable Place admit(long bound, ServedRoute route, int code) {
        Place earlier = route.find(code);
        if (earlier != null || given >= bound) {
            return earlier;
        }
        given++;
        return route.add(code);
    }

    private Timer timer(Place place, ServedRoute route, int code) {
        Timer known = place.timer();
        return known != null ? known : place.keep(register(route, code));
    }

    private Timer register(ServedRoute route, int code) {
        return Timer.builder(HttpDefinitions.SERVER_DURATION.meter())
                .description(HttpDefinitions.SERVER_DURATION.description())
                .tag(HttpDefinitions.METHOD.name(), RequestCode.methodName(code))
                .tag(HttpDefinitions.ROUTE.name(), route.label())
                .tag(HttpDefinitions.STATUS_CODE.name(), RequestCode.statusName(code))
                .tag(HttpDefinitions.SCHEME.name(), RequestCode.schemeName(code))
                .tag(HttpDefinitions.ERROR_TYPE.name(), errorTypes.name(code))
                .tag(HttpDefinitions.KIND.name(), RequestCode.kindName(code))
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private static void count(Counter folded, String value) {
        if (!value.isEmpty() && !value.equals(BoundedLabel.OTHER)) {
            folded.increment();
        }
    }
}
