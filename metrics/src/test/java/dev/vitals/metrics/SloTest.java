package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SloTest {
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private static Stream<Arguments> misuse() {
        Slo slo = Slo.availability("api", 99.9);
        return Stream.of(
                misuse(() -> Slo.availability("", 99), "name of an objective"),
                misuse(() -> Slo.availability("Api", 99), "name of an objective"),
                misuse(() -> Slo.availability("a b", 99), "name of an objective"),
                misuse(() -> Slo.availability("a".repeat(64), 99), "name of an objective"),
                misuse(() -> Slo.availability("api-", 99), "name of an objective"),
                misuse(() -> Slo.availability("api", 0), "above 0 and below 100 %"),
                misuse(() -> Slo.availability("api", -1), "above 0 and below 100 %"),
                misuse(() -> Slo.availability("api", 100), "leaves no budget"),
                misuse(() -> Slo.availability("api", Double.NaN), "above 0 and below 100 %"),
                misuse(() -> Slo.availability("api", 0.999), "in per cent: 99.9, not 0.999"),
                misuse(() -> Slo.availability("api", 93.05), "Promise more than 93.06 %"),
                misuse(() -> Slo.latency("api", 93, TWO_SECONDS), "could never be seen to burn fast"),
                misuse(() -> Slo.latency("api", 99, Duration.ZERO), "from 1 ms to 1 h"),
                misuse(() -> Slo.latency("api", 99, Duration.ofSeconds(-1)), "from 1 ms to 1 h"),
                misuse(() -> Slo.latency("api", 99, Duration.ofHours(2)), "from 1 ms to 1 h"),
                misuse(() -> slo.over(Duration.ofDays(7)), "28 or 30 days"),
                misuse(() -> slo.routes(new String[0]), "names of its routes"),
                misuse(() -> slo.routes("/a", " "), "names of its routes"),
                misuse(() -> slo.operations(new String[0]), "names of its operations"),
                misuse(() -> slo.routes("/a").operations("b"), "is about routes"),
                misuse(() -> slo.operations("b").routes("/a"), "is about operations"));
    }

    private static Arguments misuse(Runnable call, String message) {
        return Arguments.of(call, message);
    }

    @ParameterizedTest
    @MethodSource("misuse")
    void misuseIsSaid(Runnable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"28, 13.44", "30, 14.4"})
    void theFastBurnIsAFiftiethOfTheBudgetInAnHour(int days, double burn) {
        Slo slo = Slo.availability("api", 99.9).over(Duration.ofDays(days));

        assertThat(slo.fastBurn()).isCloseTo(burn, within(1e-9));
        assertThat(slo.window()).isEqualTo(Duration.ofDays(days));
    }

    @Test
    void itSaysWhatItPromises() {
        assertThat(Slo.availability("api", 93.06)).hasToString("api: 93.06 % available over 30 days");
        assertThat(Slo.latency("api", 99, TWO_SECONDS).over(Duration.ofDays(28)))
                .hasToString("api: 99.0 % within 2.0 s over 28 days");
        assertThat(Slo.availability("api", 99.9).objective()).isEqualTo(0.999);
    }

    @Test
    void whatItCoversIsWhatItWasGiven() {
        Slo all = Slo.availability("all", 99);
        Slo some = all.routes("/orders");
        Slo operation = all.operations("fill");

        assertThat(all.coversRoute("/x")).isTrue();
        assertThat(all.coversOperation("fill")).isFalse();
        assertThat(some.coversRoute("/orders")).isTrue();
        assertThat(some.coversRoute("/x")).isFalse();
        assertThat(operation.coversRoute("/orders")).isFalse();
        assertThat(operation.coversOperation("fill")).isTrue();
    }

    private static Stream<MeterRegistry> registries() {
        return Stream.of(new SimpleMeterRegistry(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    @ParameterizedTest
    @MethodSource("registries")
    void anObjectiveOnAvailabilityCountsWhatFailed(MeterRegistry registry) {
        Indicator indicator = Indicator.register(Slo.availability("api", 99.9), registry);

        indicator.record(false, Long.MAX_VALUE);
        indicator.record(true, 1);

        assertThat(counted("vitals.slo.events", registry)).isEqualTo(2);
        assertThat(counted("vitals.slo.events.bad", registry)).isEqualTo(1);
        assertThat(gauge("vitals.slo.objective", registry)).isCloseTo(0.999, within(1e-12));
        assertThat(gauge("vitals.slo.window", registry)).isEqualTo(30 * 86_400);
        assertThat(registry.find("vitals.slo.threshold").meter()).isNull();
    }

    @ParameterizedTest
    @MethodSource("registries")
    void anObjectiveOnLatencyLooksAtWhatWentWell(MeterRegistry registry) {
        Indicator indicator = Indicator.register(Slo.latency("fast", 99, TWO_SECONDS), registry);

        indicator.record(false, TWO_SECONDS.toNanos());
        indicator.record(false, TWO_SECONDS.toNanos() + 1);
        indicator.record(true, 1);

        assertThat(counted("vitals.slo.events", registry)).isEqualTo(2);
        assertThat(counted("vitals.slo.events.bad", registry)).isEqualTo(1);
        assertThat(gauge("vitals.slo.threshold", registry)).isEqualTo(2);
    }

    @Test
    void oneNameIsOneObjective() {
        var registry = new SimpleMeterRegistry();
        Indicator.register(Slo.availability("api", 99), registry);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Indicator.register(Slo.latency("api", 99, TWO_SECONDS), registry))
                .withMessageContaining("an objective \"api\" already");
    }

    @Test
    void aRegistryHoldsABoundedNumber() {
        var registry = new SimpleMeterRegistry();
        for (int i = 0; i < 20; i++) {
            Indicator.register(Slo.availability("s" + i, 99), registry);
        }

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Indicator.register(Slo.availability("one-more", 99), registry))
                .withMessageContaining("at most 20 objectives");
    }

    @Test
    void aRegistryWithoutABackendIsFine() {
        Indicator indicator = Indicator.register(Slo.availability("api", 99), new CompositeMeterRegistry());

        indicator.record(true, 1);

        assertThat(indicator.at(5)).isEqualTo(new BurnHistory.Point(5, 1, 1));
    }

    private static double counted(String meter, MeterRegistry registry) {
        return registry.get(meter).functionCounter().count();
    }

    private static double gauge(String meter, MeterRegistry registry) {
        return registry.get(meter).gauge().value();
    }
}
