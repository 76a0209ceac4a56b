package dev.vitals.metrics;

import dev.vitals.http.Outcome;
import dev.vitals.http.Request;
import dev.vitals.http.RequestObserver.Observation;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts and measures requests. Safe for use by many threads; one like an earlier one allocates nothing. */
final class ServedRequests {
    /** Whatever a clock says: sums stay sums. */
    private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(365);

    private final MeterRegistry registry;
    private final ServedRoutes routes;
    private final ErrorTypes errorTypes;
    private final RequestTimers timers;
    /** By {@link RequestCode#beginning}. */
    private final Beginning[] beginnings = new Beginning[RequestCode.BEGINNINGS];

    ServedRequests(MeterRegistry registry, ServedRoutes routes, ErrorTypes errorTypes, RequestTimers timers) {
        this.registry = registry;
        this.routes = routes;
        this.errorTypes = errorTypes;
        this.timers = timers;
        for (int code = 0; code < beginnings.length; code++) {
            beginnings[code] = new Beginning(code);
        }
    }

    /** Makes the meters of such requests, at zero. */
    void name(String method, String route, String scheme, int status) {
        Beginning beginning = beginning(method, scheme);
        beginning.registered();
        int error = errorTypes.of(null, status);
        timers.of(routes.of(route), RequestCode.of(beginning.code, 0, RequestCode.status(status), error));
    }

    Observation start(Request request) {
        Beginning beginning = beginning(request.method(), request.scheme());
        beginning.registered().increment();
        return beginning;
    }

    private Beginning beginning(String method, String scheme) {
        return beginnings[RequestCode.beginning(RequestCode.method(method), RequestCode.scheme(scheme))];
    }

    private void ended(int beginning, Outcome outcome) {
        ServedRoute route = routes.of(outcome.route());
        // A refusal was answered, and counts like any other failure.
        boolean staysOpen = route.isStreaming() && outcome.status() < 400;
        Outcome.Kind kind = staysOpen ? Outcome.Kind.STREAMING : outcome.kind();
        int status = RequestCode.status(outcome.status());
        int error = errorTypes.of(outcome.error(), status);
        long nanos = Math.min(Math.max(0, outcome.durationNanos()), LONGEST_NANOS);
        if (kind == Outcome.Kind.ORDINARY) {
            route.recordEvent(error != 0, nanos);
        }
        timers.of(route, RequestCode.of(beginning, RequestCode.kind(kind), status, error))
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * The requests of one method and scheme that are under way. One observation for all of them: what else differs
     * comes with the outcome, and the request that ends leaves the place that it came to, whatever it looks like then.
     */
    private final class Beginning implements Observation {
        private final int code;
        private final LongAdder active = new LongAdder();
        private volatile boolean registered;

        Beginning(int code) {
            this.code = code;
        }

        LongAdder registered() {
            if (!registered) {
                // Before the flag: who comes second at this moment registers the same once more.
                Gauge.builder(HttpDefinitions.SERVER_ACTIVE.meter(), this::active)
                        .description(HttpDefinitions.SERVER_ACTIVE.description())
                        .tag(HttpDefinitions.METHOD.name(), RequestCode.methodName(code))
                        .tag(HttpDefinitions.SCHEME.name(), RequestCode.schemeName(code))
                        .register(registry);
                registered = true;
            }
            return active;
        }

        /** The adder's cells are read one after the other, so that an end can be seen without its beginning. */
        private double active() {
            return Math.max(0, active.sum());
        }

        @Override
        public void onEnd(Outcome outcome) {
            active.decrement();
            ended(code, outcome);
        }
    }
}
