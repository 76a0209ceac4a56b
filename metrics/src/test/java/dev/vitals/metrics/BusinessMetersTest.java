package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BusinessMetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Operations operations = Operations.of(registry);

    @Test
    void aCounterIsThereAtZeroAndOnlyGrows() throws Exception {
        BusinessCounter accepted = operations.counter("orders.accepted", "Orders that were taken");
        assertThat(registry.scrape()).contains("orders_accepted_total 0.0");

        accepted.increment();
        accepted.add(5);
        accepted.add(-3);
        accepted.add(0);

        assertThat(registry.scrape())
                .contains("# HELP orders_accepted_total Orders that were taken", "orders_accepted_total 6.0");
        assertThat(operations.counter("orders.accepted", "")).isSameAs(accepted);
        Promtool.check(registry.scrape());
    }

    @Test
    void aCounterWithTagsHasASeriesForEachValueThatItIsGiven() {
        BusinessCounter cache = operations.counter("quotes.cache", "Quotes", "result", "region");
        BusinessCounter hits = cache.with("hit", "eu");
        assertThat(registry.scrape()).contains("quotes_cache_total{region=\"eu\",result=\"hit\"} 0.0");

        hits.increment();
        cache.increment("hit", "eu");
        cache.increment("password=hunter2", "");
        cache.add(7);

        assertThat(cache.with("hit", "eu")).isSameAs(hits);
        assertThat(registry.scrape())
                .contains(
                        "quotes_cache_total{region=\"eu\",result=\"hit\"} 2.0",
                        "quotes_cache_total{region=\"\",result=\"\"} 7.0")
                .doesNotContain("hunter2");
        assertThat(total("quotes.cache")).isEqualTo(10);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.with("hit"))
                .withMessageContaining("[result, region]");
    }

    @Test
    void aWrongNumberOfValuesIsCountedAndNeverThrown() {
        BusinessCounter cache = operations.counter("quotes.cache", "Quotes", "result", "region");
        BusinessCounter plain = operations.counter("quotes.asked", "Quotes");

        cache.increment("hit");
        cache.increment("hit", "eu", "more", "and more");
        cache.with("miss", "").increment("hit", "eu");
        plain.increment("hit");

        assertThat(registry.scrape())
                .contains(
                        "quotes_cache_total{region=\"_OTHER\",result=\"hit\"} 1.0",
                        "quotes_cache_total{region=\"eu\",result=\"hit\"} 2.0",
                        "quotes_asked_total 1.0",
                        "vitals_labels_folded_total{label=\"region\",meter=\"quotes.cache\"} 2.0",
                        "vitals_labels_folded_total{label=\"result\",meter=\"quotes.cache\"} 0.0");
    }

    @Test
    void aRegistryThatRefusesASeriesDoesNotMakeWorkFail() {
        BusinessCounter cache = operations.counter("quotes.cache", "Quotes", "result");
        BusinessCounter hits = cache.with("hit");
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                throw new IllegalStateException("no");
            }
        });

        cache.increment("miss");
        cache.increment();
        cache.increment("hit");
        hits.increment();

        assertThat(total("quotes.cache")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"a.b, a_b", "a.b, a-b", "a_b.c, a.b-c", "a.b, a..b"})
    void namesThatPrometheusSpellsTheSameAreRefused(String first, String second) {
        operations.counter(first, "");
        operations.gauge("g." + first, "", () -> 1);

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> operations.counter(second, ""),
                () -> operations.gauge(second, "", () -> 1),
                () -> operations.counter("g." + second, ""),
                () -> operations.gauge("g." + second, "", () -> 1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(call)
                    .withMessageContaining(first)
                    .withMessageContaining("spells");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> operations.counter("g." + first, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"total", "created", "info", "bucket", "count", "sum", "max"})
    void aLastWordThatPrometheusGivesAMeaningIsRefused(String word) {
        for (String name : List.of(word, "orders." + word, "orders_" + word, "all-orders-" + word)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> operations.counter(name, ""))
                    .withMessageContaining("Leave it out");
            assertThatIllegalArgumentException().isThrownBy(() -> operations.gauge(name, "", () -> 1));
        }
        assertThat(operations.counter("orders.sub" + word, "")).isNotNull();
        assertThat(operations.counter(word + ".orders", "")).isNotNull();
    }

    @Test
    void whatSomebodyElseHasRegisteredIsRefused() {
        registry.counter("orders.placed.total").increment();
        registry.timer("orders.filled").record(Duration.ofSeconds(1));

        for (String name : List.of(
                "orders.placed",
                "orders_placed",
                "orders.filled",
                "orders.filled.seconds",
                "jvm.threads.live",
                "jvm_memory_used_bytes",
                "vitals_mine")) {
            assertThatIllegalArgumentException()
                    .as(name)
                    .isThrownBy(() -> operations.gauge(name, "", () -> 1))
                    .withMessageContaining("name");
            assertThatIllegalArgumentException().as(name).isThrownBy(() -> operations.counter(name, "", "result"));
        }
        assertThat(operations.counter("orders.sent", "", "result"))
                .isSameAs(operations.counter("orders.sent", "", "result"));
    }

    @Test
    void valuesAndCombinationsBeyondTheBoundFoldAndNothingIsLost() {
        BusinessCounter cache = operations.counter("quotes.cache", "Quotes", "symbol", "region");
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 3_000; i++) {
                cache.increment("s" + i % 110, "r" + i % 97);
            }
        }

        assertThat(registry.get("quotes.cache").counters()).hasSize(1_001);
        assertThat(total("quotes.cache")).isEqualTo(6_000);
        assertThat(registry.get("vitals.labels.folded")
                        .tag("meter", "quotes.cache")
                        .tag("label", "symbol")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void aGaugeThatThrowsIsNotANumberAndTheScrapeGoesOn() {
        operations.gauge("orders.open", "Orders that wait", () -> 3);
        operations.gauge("orders.broken", "Nobody knows", () -> {
            throw new AssertionError();
        });
        operations.gauge("orders.unknown", "Nobody knows", () -> Double.NaN);
        System.gc();

        assertThat(registry.scrape()).contains("orders_open 3.0", "orders_broken NaN", "orders_unknown NaN");
    }

    @Test
    void whatIsThereAlreadyOrTooMuchIsRefused() {
        operations.counter("orders.accepted", "", "result");
        operations.gauge("orders.open", "", () -> 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations.counter("orders.accepted", "", "outcome"))
                .withMessageContaining("[result]");
        assertThatIllegalArgumentException().isThrownBy(() -> operations.gauge("orders.open", "", () -> 1));
        assertThatIllegalArgumentException().isThrownBy(() -> operations.gauge("orders.accepted", "", () -> 1));
        assertThatIllegalArgumentException().isThrownBy(() -> operations.counter("vitals.mine", ""));
        for (int i = 0; i < 98; i++) {
            operations.counter("orders.c" + i, "");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations.counter("orders.more", ""))
                .withMessageContaining("belongs into a tag");
        assertThat(operations.counter("orders.c1", "")).isNotNull();
    }

    private double total(String counter) {
        return registry.get(counter).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
