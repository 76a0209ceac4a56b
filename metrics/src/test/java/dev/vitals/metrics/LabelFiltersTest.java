package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelFiltersTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    @Timeout(120)
    void aMillionValuesMakeNoMoreMetersThanTheBoundAndLeaveNothingBehind() throws InterruptedException {
        MeterRegistry prometheus = PrometheusRegistries.create();
        prometheus.config().meterFilter(LabelFilters.bounded(prometheus, 10));
        record(prometheus, 0, 1_000);
        long before = heapAfterCollection();

        record(prometheus, 1_000, 1_000_000);

        assertThat(prometheus.find("x").timers()).hasSize(11);
        assertThat(prometheus.find("x").timers().stream()
                        .mapToLong(Timer::count)
                        .sum())
                .isEqualTo(1_000_000);
        assertThat(folded(prometheus, "x", "k")).isEqualTo(1_000_000 - 10);
        awaitHeapBelow(before + 1_000_000);
    }

    private static void record(MeterRegistry registry, int from, int to) {
        for (int i = from; i < to; i++) {
            Timer.builder("x").tag("k", "value-" + i).register(registry).record(1, TimeUnit.MILLISECONDS);
        }
    }

    private static long heapAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** What other threads leave about at the moment is no leak: it goes with one of the next collections. */
    private static void awaitHeapBelow(long bytes) throws InterruptedException {
        while (heapAfterCollection() >= bytes) {
            Thread.sleep(20);
        }
    }

    @Test
    void eachLabelOfEachMeterHasABoundOfItsOwn() {
        registry.config().meterFilter(LabelFilters.bounded(registry, 2));

        for (String value : new String[] {"a", "b", "c", "d", "a"}) {
            registry.counter("one", "k", value, "l", "same").increment();
            registry.summary("two", "k", "x" + value).record(3);
        }

        assertThat(registry.get("one").tags("k", "a", "l", "same").counter().count())
                .isEqualTo(2);
        assertThat(registry.get("one")
                        .tags("k", "_OTHER", "l", "same")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("two").tag("k", "xb").summary().totalAmount()).isEqualTo(3);
        assertThat(registry.get("two").tag("k", "_OTHER").summary().totalAmount())
                .isEqualTo(6);
        assertThat(folded(registry, "one", "k")).isEqualTo(2);
        assertThat(registry.find("vitals.labels.folded").tag("label", "l").counter())
                .isNull();
    }

    @Test
    void vitalsOwnMetersHaveTheirOwnBounds() {
        registry.config().meterFilter(LabelFilters.bounded(registry, 1)).meterFilter(LabelFilters.scrubbed());

        HttpServerMetrics.of(registry);

        assertThat(registry.find(SelfDefinitions.LABELS_FOLDED.meter()).counters())
                .hasSizeGreaterThan(2)
                .noneMatch(counter -> "_OTHER".equals(counter.getId().getTag("label")));
    }

    @ParameterizedTest
    @CsvSource({
        "disk.free, path",
        "lettuce.command.completion, local",
        "hikaricp.connections, pool",
        "resilience4j.circuitbreaker.state, name",
        "jvm.memory.used, id",
        "httpx, k",
    })
    void aNameInTheCatalogueDoesNotSaveWhatOthersMake(String name, String label) {
        registry.config().meterFilter(LabelFilters.scrubbed()).meterFilter(LabelFilters.bounded(registry, 10));

        for (int i = 0; i < 100; i++) {
            Gauge.builder(name, () -> 1)
                    .tag(label, "/data/volume" + i + "?token=secret")
                    .register(registry);
        }

        assertThat(registry.find(name).gauges())
                .hasSize(11)
                .noneMatch(gauge -> String.valueOf(gauge.getId().getTag(label)).contains("secret"));
        assertThat(folded(registry, name, label)).isEqualTo(90);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vitals.labels.folded",
                "http.server.request.duration",
                "http.server.active_requests",
                "http.client.request.duration",
                "http.client.rate_limit.remaining",
                "db.client.operation.duration",
            })
    void whatVitalsBoundsItselfIsLeftAlone(String name) {
        assertThat(MetricCatalogue.all()).anyMatch(metric -> metric.name().startsWith(name.replace('.', '_')));
        MeterFilter bounded = LabelFilters.bounded(registry, 1);

        for (int i = 0; i < 3; i++) {
            Meter.Id id = new Meter.Id(name, Tags.of("k", "token=" + i), null, null, Meter.Type.COUNTER);
            assertThat(bounded.map(id)).isSameAs(id);
            assertThat(LabelFilters.scrubbed().map(id)).isSameAs(id);
        }
    }

    @Test
    void aLabelThatIsBoundedAlreadyHasRoomForItsOthers() {
        registry.config().meterFilter(LabelFilters.bounded(registry, 100));
        BusinessCounter counter = Operations.of(registry).counter("quotes.asked", "Quotes by symbol", "symbol");
        for (int i = 0; i < 101; i++) {
            counter.increment("S" + i);
        }

        assertThat(registry.get("quotes.asked").counters()).hasSize(101);
        assertThat(registry.get("vitals.labels.folded")
                        .tag("label", "symbol")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatHasNothingToFoldKeepsItsId() {
        Meter.Id id = new Meter.Id("one", Tags.of("k", "a"), null, null, Meter.Type.COUNTER);

        assertThat(LabelFilters.bounded(registry, 1).map(id)).isSameAs(id);
        assertThat(LabelFilters.scrubbed().map(id)).isSameAs(id);
    }

    @Test
    void aValueThatIsTooLongFolds() {
        registry.config().meterFilter(LabelFilters.bounded(registry, 2));

        registry.counter("one", "k", "v".repeat(257));

        assertThat(registry.find("one").tag("k", "_OTHER").counter()).isNotNull();
    }

    @Test
    void ofGaugesThatFoldTogetherTheFirstStays() {
        registry.config().meterFilter(LabelFilters.bounded(registry, 1));

        for (int i = 0; i < 3; i++) {
            int value = i;
            Gauge.builder("depth", () -> value).tag("k", "q" + i).register(registry);
        }

        assertThat(registry.get("depth").tag("k", "q0").gauge().value()).isZero();
        assertThat(registry.get("depth").tag("k", "_OTHER").gauge().value()).isEqualTo(1);
    }

    @Test
    void metersThatAreMadeUpAsTheyGoHaveNoValuesPastAPoint() {
        var filter = LabelFilters.bounded(registry, 5);
        for (int i = 0; i < 10_000; i++) {
            filter.map(new Meter.Id("made.up." + i, Tags.of("k", "a"), null, null, Meter.Type.COUNTER));
        }

        Meter.Id id = filter.map(new Meter.Id("one.more", Tags.of("k", "a"), null, null, Meter.Type.COUNTER));

        assertThat(id.getTag("k")).isEqualTo("_OTHER");
        assertThat(folded(registry, "_OTHER", "_OTHER")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "route, /orders/{id}, /orders/{id}",
        "url, https://me:secret@example.org/a, https://[redacted]@example.org/a",
        "password, hunter2, [redacted]",
        "query, token=abcdef123, token=[redacted]",
    })
    void labelValuesAreScrubbed(String key, String value, String clean) {
        registry.config().meterFilter(LabelFilters.scrubbed());

        registry.counter("calls", key, value).increment();
        registry.counter("calls", key, value).increment();

        assertThat(registry.get("calls").tag(key, clean).counter().count()).isEqualTo(2);
    }

    @Test
    void aLongValueIsScrubbedToo() {
        registry.config().meterFilter(LabelFilters.scrubbed());
        String text = "x ".repeat(300);

        registry.counter("calls", "note", text + "password=hunter2");

        assertThat(registry.get("calls").counter().getId().getTag("note")).isEqualTo(text + "password=[redacted]");
    }

    @Test
    void bothFiltersWorkOnAComposite() {
        var composite = new CompositeMeterRegistry();
        composite.config().meterFilter(LabelFilters.scrubbed()).meterFilter(LabelFilters.bounded(composite, 1));
        composite.counter("calls", "k", "a").increment();
        composite.add(registry);

        for (int i = 0; i < 3; i++) {
            composite.timer("waits", "k", "token=" + i).record(Duration.ofMillis(1));
        }

        assertThat(registry.get("waits").tag("k", "token=[redacted]").timer().count())
                .isEqualTo(3);
    }

    @Test
    void aBoundOfNothingIsRefused() {
        assertThatThrownBy(() -> LabelFilters.bounded(registry, 0)).hasMessageContaining("at least 1 value");
    }

    private static double folded(MeterRegistry registry, String meter, String label) {
        return registry.get("vitals.labels.folded")
                .tags("meter", meter, "label", label)
                .counter()
                .count();
    }
}
