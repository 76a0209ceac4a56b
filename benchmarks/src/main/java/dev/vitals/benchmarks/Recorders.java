package dev.vitals.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.vitals.http.Outcome;
import dev.vitals.http.Request;
import dev.vitals.http.RequestObservers;
import dev.vitals.metrics.HttpServerMetrics;
import dev.vitals.metrics.Slo;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.instrumentation.api.instrumenter.Instrumenter;
import io.opentelemetry.instrumentation.api.instrumenter.SpanKindExtractor;
import io.opentelemetry.instrumentation.api.semconv.http.HttpServerAttributesExtractor;
import io.opentelemetry.instrumentation.api.semconv.http.HttpServerRoute;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.ExplicitBucketHistogramOptions;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerHttpObservationDocumentation;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The states that {@link RecordRequest} asks for: whoever counts requests, ready to do so. */
public final class Recorders {
    private static final String ROUTE = "/orders/{id}";
    private static final long NANOS = 12_345_678;
    private static final Duration[] BUCKETS = Stream.of(
                    5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_000, 2_500, 5_000, 7_500, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private Recorders() {}

    /** What they share. */
    @State(Scope.Benchmark)
    public abstract static class Ready {
        final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        /** Makes what records. */
        @Setup
        public abstract void start();

        abstract void record();

        /** What was recorded, for a test. */
        String recorded() {
            Timer timer = registry.getMeters().stream()
                    .filter(Timer.class::isInstance)
                    .map(Timer.class::cast)
                    .findFirst()
                    .orElseThrow();
            Meter.Id id = timer.getId();
            return "%d %s %s %s, %d finite buckets"
                    .formatted(
                            timer.count(),
                            first(id, "http.request.method", "method"),
                            first(id, "http.route", "uri"),
                            first(id, "http.response.status_code", "status"),
                            registry.scrape()
                                    .lines()
                                    .filter(line -> line.contains("_bucket{") && !line.contains("+Inf"))
                                    .count());
        }

        private static String first(Meter.Id id, String key, String other) {
            String value = id.getTag(key);
            return value == null ? requireNonNull(id.getTag(other)) : value;
        }

        /** Lets it go. */
        @TearDown
        public void stop() {
            registry.close();
        }
    }

    /** Vitals with an objective on availability and one on latency. */
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
    public static class OfVitals extends Ready {
        private final Outcome outcome = new Outcome(new Order(), ROUTE, 200, null, Outcome.Kind.ORDINARY, NANOS);
        private HttpServerMetrics metrics;

        @Override
        public void start() {
            metrics = vitals(registry);
        }

        @Override
        void record() {
            requireNonNull(metrics.onStart(outcome.request())).onEnd(outcome);
        }
    }

    /** Vitals as an adapter calls it. */
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
    public static class OfObservers extends Ready {
        private final Request request = new Order();
        private RequestObservers observers;

        @Override
        public void start() {
            observers = RequestObservers.of(vitals(registry));
        }

        @Override
        @SuppressWarnings("try") // What stands in between is the application.
        void record() {
            var observed = observers.start(request);
            observed.responseHeaders().forEach((name, value) -> {});
            try (var scope = observed.enter()) {
                // The application.
                observed.end(ROUTE, 200, null);
            }
        }
    }

    static HttpServerMetrics vitals(PrometheusMeterRegistry registry) {
        return HttpServerMetrics.builder(registry)
                .family(HttpServerMetrics.Family.VITALS)
                .slo(Slo.availability("available", 99.9))
                .slo(Slo.latency("fast", 99, Duration.ofSeconds(2)))
                .build();
    }

    /** A timer of Micrometer that somebody holds. */
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
    public static class OfAHeldTimer extends Ready {
        private Timer timer;

        @Override
        public void start() {
            timer = timer(registry, new Order(), ROUTE, 200);
        }

        @Override
        void record() {
            timer.record(NANOS, TimeUnit.NANOSECONDS);
        }
    }

    /** A timer of Micrometer, looked up by its builder. */
    public static class OfABuilder extends Ready {
        private final Request request = new Order();

        @Override
        public void start() {}

        @Override
        void record() {
            timer(registry, request, ROUTE, 200).record(NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private static Timer timer(PrometheusMeterRegistry registry, Request request, String route, int status) {
        return Timer.builder("http.server.request.duration")
                .tag("http.request.method", request.method())
                .tag("http.route", route)
                .tag("http.response.status_code", Integer.toString(status))
                .tag("url.scheme", request.scheme())
                .tag("error.type", "")
                .tag("vitals.kind", "")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Spring's server observation, driven as Spring's filter does. */
    public static class OfSpring extends Ready {
        private final ObservationRegistry observations = ObservationRegistry.create();
        private final DefaultServerRequestObservationConvention convention =
                new DefaultServerRequestObservationConvention();
        private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/orders/42");
        private final MockHttpServletResponse response = new MockHttpServletResponse();

        @Override
        public void start() {
            registry.config().meterFilter(new SameBuckets());
            observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
        }

        @Override
        @SuppressWarnings("try") // What stands in between is the application.
        void record() {
            var context = new ServerRequestObservationContext(request, response);
            var observation = ServerHttpObservationDocumentation.HTTP_SERVLET_SERVER_REQUESTS
                    .observation(null, convention, () -> context, observations)
                    .start();
            try (var scope = observation.openScope()) {
                context.setPathPattern(ROUTE);
            } finally {
                observation.stop();
            }
        }
    }

    private static final class SameBuckets implements MeterFilter {
        @Override
        public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
            if (!id.getName().equals("http.server.requests")) {
                return config;
            }
            double[] nanos = Stream.of(BUCKETS).mapToDouble(Duration::toNanos).toArray();
            return DistributionStatisticConfig.builder()
                    .serviceLevelObjectives(nanos)
                    .build()
                    .merge(config);
        }
    }

    /** OpenTelemetry's instrumenter with its metrics of HTTP servers. */
    @SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else.
    public static class OfOpenTelemetry extends Ready {
        private final Request request = new Order();
        private final InMemoryMetricReader reader = InMemoryMetricReader.create();
        private SdkMeterProvider meters;
        private Instrumenter<Request, Integer> instrumenter;

        @Override
        public void start() {
            meters = meters(reader);
            var getter = new OrderAttributes();
            instrumenter = Instrumenter.<Request, Integer>builder(
                            new MetersAlone(meters), "benchmarks", Request::method)
                    .addAttributesExtractor(HttpServerAttributesExtractor.create(getter))
                    .addContextCustomizer(HttpServerRoute.create(getter))
                    .addOperationMetrics(io.opentelemetry.instrumentation.api.semconv.http.HttpServerMetrics.get())
                    .buildInstrumenter(SpanKindExtractor.alwaysServer());
        }

        @Override
        @SuppressWarnings("try") // What stands in between is the application.
        void record() {
            Context context = instrumenter.start(Context.root(), request);
            try (var scope = context.makeCurrent()) {
                // The application.
            } finally {
                instrumenter.end(context, request, 200, null);
            }
        }

        @Override
        String recorded() {
            HistogramPointData point = reader.collectAllMetrics().stream()
                    .filter(metric -> metric.getName().equals("http.server.request.duration"))
                    .flatMap(metric -> metric.getHistogramData().getPoints().stream())
                    .findFirst()
                    .orElseThrow();
            var attributes = point.getAttributes();
            return "%d %s %s %s, %d finite buckets"
                    .formatted(
                            point.getCount(),
                            attributes.get(AttributeKey.stringKey("http.request.method")),
                            attributes.get(AttributeKey.stringKey("http.route")),
                            attributes.get(AttributeKey.longKey("http.response.status_code")),
                            point.getBoundaries().size());
        }

        @Override
        public void stop() {
            meters.close();
            super.stop();
        }
    }

    /** With the buckets that all have. */
    static SdkMeterProvider meters(InMemoryMetricReader reader) {
        List<Double> seconds =
                Stream.of(BUCKETS).map(bucket -> bucket.toMillis() / 1e3).toList();
        var view = View.builder()
                .setAggregation(Aggregation.explicitBucketHistogram(ExplicitBucketHistogramOptions.builder()
                        .setBucketBoundaries(seconds)
                        .build()))
                .build();
        return SdkMeterProvider.builder()
                .registerMetricReader(reader)
                .registerView(
                        InstrumentSelector.builder()
                                .setName("http.server.request.duration")
                                .build(),
                        view)
                .build();
    }

    /** OpenTelemetry without traces. */
    private record MetersAlone(MeterProvider meters) implements OpenTelemetry {
        @Override
        public MeterProvider getMeterProvider() {
            return meters;
        }

        @Override
        public TracerProvider getTracerProvider() {
            return TracerProvider.noop();
        }

        @Override
        public ContextPropagators getPropagators() {
            return ContextPropagators.noop();
        }
    }
}
