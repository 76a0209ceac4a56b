package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.http.RequestObservers;
import dev.vitals.metrics.HttpServerMetrics.Family;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever else counts requests: there is one family, and the log says which. */
class HttpFamilyTest {
    private static final String PROPERTY = "vitals.metrics.http.server";
    private static final String MICROMETERS = "http.server.requests";

    private final MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private static Stream<Arguments> decisions() {
        return Stream.of(
                Arguments.of(Family.AUTO, false, Map.of(), true),
                Arguments.of(Family.AUTO, true, Map.of(), false),
                Arguments.of(Family.AUTO, true, Map.of("otel.javaagent.enabled", "false"), true),
                Arguments.of(Family.AUTO, true, Map.of("OTEL_JAVAAGENT_ENABLED", "false"), true),
                Arguments.of(Family.AUTO, true, Map.of("otel.metrics.exporter", "none"), true),
                Arguments.of(Family.AUTO, true, Map.of("OTEL_METRICS_EXPORTER", "NONE"), true),
                Arguments.of(Family.AUTO, true, Map.of("otel.metrics.exporter", "otlp"), false),
                Arguments.of(Family.AUTO, true, Map.of("otel.sdk.disabled", "true"), true),
                Arguments.of(Family.VITALS, true, Map.of(), true),
                Arguments.of(Family.OTHER, false, Map.of(), false),
                Arguments.of(Family.AUTO, true, Map.of(PROPERTY, "vitals"), true),
                Arguments.of(Family.AUTO, false, Map.of(PROPERTY, "other"), false),
                Arguments.of(Family.OTHER, false, Map.of(PROPERTY, " Vitals "), true),
                Arguments.of(Family.VITALS, true, Map.of("VITALS_METRICS_HTTP_SERVER", "auto"), false),
                Arguments.of(
                        Family.AUTO, false, Map.of(PROPERTY, "vitals", "VITALS_METRICS_HTTP_SERVER", "other"), true),
                Arguments.of(Family.AUTO, false, Map.of(PROPERTY, ""), true));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void oneFamilyCountsAndTheLogSaysWhich(Family family, boolean agent, Map<String, String> settings, boolean vitals) {
        var said = new StringBuilder();
        Handler handler = listen(said);
        try {
            build(family, agent, settings);
        } finally {
            logger().removeHandler(handler);
        }

        Timer.builder(MICROMETERS).register(registry).record(1, TimeUnit.SECONDS);
        assertThat(registry.find("http.server.request.duration").meters().isEmpty())
                .isEqualTo(!vitals);
        assertThat(registry.find(MICROMETERS).meters().isEmpty()).isEqualTo(vitals);
        assertThat(said.toString())
                .hasLineCount(1)
                .startsWith("INFO")
                .contains(vitals ? "Vitals counts" : "Vitals does not")
                .contains(PROPERTY);
    }

    @Test
    void whereAnotherCountsNothingOfOursIsThere() {
        var metrics = HttpServerMetrics.builder(registry, around(false, Map.of()))
                .family(Family.OTHER)
                .route("GET", "/a")
                .slo(Slo.availability("api", 99.9))
                .build();

        assertThat(metrics.onStart(TestRequest.of("GET"))).isNull();
        assertThat(registry.getMeters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {MICROMETERS, "http.server.request.duration"})
    void underAutoWhoWasThereBeforeGoesOnCounting(String theirs) {
        Timer.builder(theirs).tag("uri", "/a").register(registry);

        build(Family.AUTO, false, Map.of());

        assertThat(registry.getMeters()).hasSize(1);
    }

    @Test
    void whoWantsVitalsHasWhatWasThereRemoved() {
        Timer.builder(MICROMETERS).tag("uri", "/a").register(registry);
        Timer.builder("http.server.requests.seen").register(registry);

        build(Family.VITALS, false, Map.of());
        Timer.builder(MICROMETERS).tag("uri", "/a").register(registry);
        Timer.builder(MICROMETERS).tag("uri", "/b").register(registry);

        assertThat(registry.find(MICROMETERS).meters()).isEmpty();
        assertThat(registry.find("http.server.requests.seen").meters()).hasSize(1);
        assertThat(registry.find("http.server.request.duration").meters()).isNotEmpty();
    }

    @Test
    void whoWantsVitalsUnderANameThatAnotherHasIsTold() {
        Timer.builder("http.server.request.duration").tag("uri", "/a").register(registry);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> build(Family.VITALS, false, Map.of()))
                .withMessageContaining("vitals.metrics.http.server=other");
    }

    @ParameterizedTest
    @ValueSource(strings = {PROPERTY, "VITALS_METRICS_HTTP_SERVER"})
    void aValueThatIsNoneIsRefused(String setting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> build(Family.AUTO, false, Map.of(setting, "both")))
                .withMessageContaining(PROPERTY)
                .withMessageContaining("VITALS_METRICS_HTTP_SERVER")
                .withMessageContaining("auto, vitals or other, not \"both\"");
    }

    @Test
    void inAProcessWithoutTheAgentVitalsCounts() {
        assertThat(Surroundings.ofThisProcess().agentCounts()).isFalse();
    }

    private void build(Family family, boolean agent, Map<String, String> settings) {
        var metrics = HttpServerMetrics.builder(registry, around(agent, settings))
                .family(family)
                .build();
        RequestObservers.of(metrics).start(TestRequest.of("GET")).end("/a", 200, null);
    }

    private static Surroundings around(boolean agent, Map<String, String> settings) {
        return new Surroundings(settings::get, settings::get, () -> agent);
    }

    private static Logger logger() {
        return Logger.getLogger(HttpFamily.class.getName());
    }

    private static Handler listen(StringBuilder said) {
        var handler = new Handler() {
            @Override
            public void publish(LogRecord logged) {
                said.append(logged.getLevel().getName())
                        .append(' ')
                        .append(new SimpleFormatter().formatMessage(logged))
                        .append('\n');
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger().addHandler(handler);
        return handler;
    }
}
