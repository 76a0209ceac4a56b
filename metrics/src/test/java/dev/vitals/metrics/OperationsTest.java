package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsTest {
    private static final String DURATION = "vitals.operation.duration";
    private static final Work.Action<RuntimeException> NOTHING = () -> {};

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private static Stream<Arguments> outcomes() {
        return Stream.of(
                outcome("run", "", place -> place.run(NOTHING)),
                outcome("call", "", place -> assertThat(place.call(() -> "yes")).isEqualTo("yes")),
                outcome("call without a result", "", place -> assertThat(
                                place.<String, RuntimeException>call(() -> null))
                        .isNull()),
                outcome("run fails", "java.io.IOException", place -> {
                    var failure = new IOException();
                    assertThatThrownBy(() -> place.run(() -> {
                                throw failure;
                            }))
                            .isSameAs(failure);
                }),
                outcome("call fails", "java.lang.StackOverflowError", place -> {
                    var failure = new StackOverflowError();
                    assertThatThrownBy(() -> place.call(() -> {
                                throw failure;
                            }))
                            .isSameAs(failure);
                }),
                outcome("a future's wrapping", "java.io.IOException", place -> assertThatThrownBy(
                                () -> place.run(() -> {
                                    throw new ExecutionException(new CompletionException(new IOException()));
                                }))
                        .isInstanceOf(ExecutionException.class)),
                outcome(
                        "a wrapping of nothing",
                        "java.util.concurrent.CompletionException",
                        place -> assertThatThrownBy(() -> place.run(() -> {
                                    throw new CompletionException(null);
                                }))
                                .isInstanceOf(CompletionException.class)),
                outcome("a stage that has ended", "", place -> {
                    var stage = CompletableFuture.completedFuture("yes");
                    assertThat(place.async(() -> stage)).isSameAs(stage);
                }),
                outcome("a stage that ends later", "", place -> {
                    var future = new CompletableFuture<String>();
                    CompletableFuture<String> given = place.async(() -> future);
                    given.complete("yes");
                }),
                outcome("a stage that fails", "java.io.IOException", place -> {
                    var future = new CompletableFuture<String>();
                    place.async(() -> future.thenApply(String::length));
                    future.completeExceptionally(new IOException());
                }),
                outcome("a stage that is cancelled", "java.util.concurrent.CancellationException", place -> {
                    CompletableFuture<String> given = place.async(CompletableFuture::new);
                    given.cancel(true);
                    assertThatThrownBy(given::join).isInstanceOf(CancellationException.class);
                }),
                outcome("no stage", "java.lang.NullPointerException", place -> assertThat(
                                place.async(OperationsTest::nullStage))
                        .isNull()),
                outcome("a supplier that throws", "java.lang.IllegalStateException", place -> {
                    var failure = new IllegalStateException();
                    assertThatThrownBy(() -> place.async(() -> {
                                throw failure;
                            }))
                            .isSameAs(failure);
                }),
                outcome("a handle", "", place -> {
                    Work.Running running = place.start();
                    running.end();
                    running.end();
                    running.fail(new IOException());
                }),
                outcome("a handle that fails", "java.io.IOException", place -> {
                    Work.Running running = place.start();
                    running.fail(new IOException());
                    running.end();
                }),
                outcome("told", "", place -> place.record(Duration.ofSeconds(1), null)),
                outcome(
                        "told that it failed",
                        "java.io.IOException",
                        place -> place.record(Duration.ofSeconds(1), new IOException())));
    }

    private static Arguments outcome(String what, String errorType, Consumer<Operation> work) {
        return Arguments.of(what, errorType, work);
    }

    @SuppressWarnings("NullAway") // What an application gets wrong.
    private static CompletableFuture<String> nullStage() {
        return null;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outcomes")
    void everyOutcomeIsCountedOnceByItsError(String what, String errorType, Consumer<Operation> work) {
        work.accept(Operations.of(registry).operation("order.place"));

        assertThat(registry.get(DURATION).timers().stream().filter(timer -> timer.count() > 0))
                .as(what)
                .singleElement()
                .satisfies(timer -> {
                    assertThat(timer.count()).isOne();
                    assertThat(timer.getId().getTag("error.type")).isEqualTo(errorType);
                    assertThat(timer.getId().getTag("operation")).isEqualTo("order.place");
                });
        assertThat(active("order.place")).isZero();
    }

    @Test
    void aStageThatTakesNoListenerDoesNotStayUnderWay() {
        Operation place = Operations.of(registry).operation("order.place");
        var deaf = new CompletableFuture<String>() {
            @Override
            public CompletableFuture<String> whenComplete(
                    java.util.function.BiConsumer<? super String, ? super Throwable> action) {
                throw new UnsupportedOperationException();
            }
        };

        CompletionStage<String> given = place.async(() -> deaf);

        assertThat(given).isSameAs(deaf);
        assertThat(active("order.place")).isZero();
        assertThat(count(timer -> true)).isOne();
    }

    @Test
    void whatEndsOnOtherThreadsIsCountedOnceAndNothingStaysUnderWay() throws Exception {
        Operation place = Operations.of(registry).operation("order.place");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            var futures = new ArrayList<CompletableFuture<String>>();
            for (int i = 0; i < 5_000; i++) {
                futures.add(place.async(CompletableFuture::new));
                Work.Running running = place.start();
                threads.execute(running::end);
                threads.execute(() -> running.fail(new IOException()));
            }
            assertThat(active("order.place")).isGreaterThanOrEqualTo(5_000);
            for (int i = 0; i < futures.size(); i++) {
                CompletableFuture<String> future = futures.get(i);
                boolean well = i % 5 != 0;
                threads.execute(
                        () -> assertThat(well ? future.complete("") : future.completeExceptionally(new IOException("")))
                                .isTrue());
            }
        } finally {
            threads.shutdown();
        }
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        assertThat(active("order.place")).isZero();
        assertThat(count(timer -> true)).isEqualTo(10_000);
        assertThat(count(timer -> !"".equals(timer.getId().getTag("error.type"))))
                .isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void whatNeverEndsIsUnderWayAndNotCounted() {
        Operations.of(registry).operation("order.place").start();

        assertThat(active("order.place")).isOne();
        assertThat(count(timer -> true)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT1.5S", "PT-1H", "PT8760H"})
    void aDurationIsWhatTheClockSaysAndNeverNegative(Duration elapsed) {
        var clock = new TwoClocks();
        var simple = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
        Operation place = Operations.of(simple).operation("order.place");

        place.run(() -> clock.monotonic(elapsed));
        place.record(elapsed, null);

        double expected = elapsed.isNegative() ? 0 : elapsed.toNanos();
        assertThat(simple.get(DURATION).timer().totalTime(TimeUnit.NANOSECONDS)).isEqualTo(2 * expected);
    }

    @Test
    void anAbsurdDurationDoesNotRunTheSumOver() {
        Operation place = Operations.of(registry).operation("order.place");

        place.record(Duration.ofSeconds(Long.MAX_VALUE), null);
        place.record(Duration.ofSeconds(Long.MIN_VALUE), null);

        assertThat(registry.get(DURATION).timer().totalTime(TimeUnit.DAYS)).isEqualTo(365);
    }

    @Test
    void aHeldOperationIsThereAtZeroAndTheSameForItsName() {
        Operations operations = Operations.of(registry);

        assertThat(operations.operation("order.place")).isSameAs(operations.operation("order.place"));
        assertThat(registry.get(DURATION).timer().count()).isZero();
        assertThat(registry.scrape()).contains("vitals_operation_active{operation=\"order.place\"} 0.0");
    }

    @Test
    void tagsAreTheSameForAllAndEmptyWhereAnOperationHasNone() {
        Operations operations =
                Operations.builder(registry).tag("channel").tag("region", 2).build();
        Operation place = operations.operation("order.place");

        place.run(NOTHING);
        place.with("channel", "web").run(NOTHING);
        place.with("region", "eu").with("channel", "web").run(NOTHING);
        place.with("channel", "web").with("region", "eu").run(NOTHING);
        place.with("channel", "").with("region", "password=hunter2").run(NOTHING);
        place.with("region", "us").with("channel", "web").run(NOTHING);

        assertThat(registry.get(DURATION).timers())
                .extracting(timer ->
                        timer.getId().getTag("channel") + "/" + timer.getId().getTag("region") + "=" + timer.count())
                .hasSize(5)
                .contains("/=1", "web/=1", "web/eu=2", "web/_OTHER=1");
        assertThat(place.with("region", "eu").with("channel", "web"))
                .isSameAs(place.with("channel", "web").with("region", "eu"));
        assertThat(registry.scrape()).doesNotContain("hunter2");
        assertThat(folded("region")).isOne();
    }

    @Test
    void anUnknownTagIsRefusedAndTheKnownOnesAreNamed() {
        Operation place = Operations.builder(registry).tag("channel").build().operation("order.place");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> place.with("chanel", "web"))
                .withMessageContaining("\"chanel\"")
                .withMessageContaining("[channel]");
        assertThatIllegalArgumentException().isThrownBy(() -> place.with("operation", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> place.with("error.type", "x"));
    }

    @Test
    void operationsBeyondTheBoundShareOneAndNoneIsLost() {
        Operations operations = Operations.of(registry);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 150; i++) {
                operations.operation("op-" + i).run(NOTHING);
            }
        }

        assertThat(registry.get(DURATION).timers()).hasSize(101);
        assertThat(count(timer -> true)).isEqualTo(300);
        assertThat(count(timer -> "_OTHER".equals(timer.getId().getTag("operation"))))
                .isEqualTo(100);
        assertThat(folded("operation")).isEqualTo(100);
        assertThat(active("_OTHER")).isZero();
    }

    @Test
    void typesOfErrorsBeyondTheBoundFoldAndNoneIsLost() throws Exception {
        Operation place = Operations.of(registry).operation("order.place");
        for (int round = 0; round < 2; round++) {
            for (Class<?> type : manyErrors()) {
                place.record(
                        Duration.ZERO, (Throwable) type.getDeclaredConstructor().newInstance());
            }
        }

        assertThat(registry.get(DURATION).timers()).hasSize(1 + 50 + 1);
        assertThat(count(timer -> true)).isEqualTo(120);
        assertThat(folded("error.type")).isEqualTo(70);
    }

    /** The same class again and again, under another name each. */
    private static List<Class<?>> manyErrors() throws Exception {
        try (var bytes = requireNonNull(OperationsTest.class.getResourceAsStream("OperationsTest$Failure.class"))) {
            byte[] definition = bytes.readAllBytes();
            var types = new ArrayList<Class<?>>();
            for (int i = 0; i < 60; i++) {
                types.add(java.lang.invoke.MethodHandles.lookup()
                        .defineHiddenClass(definition, true)
                        .lookupClass());
            }
            return types;
        }
    }

    static class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failure() {}
    }

    @Test
    void allCombinationsTogetherAreBoundedAndTheTotalsAreExact() {
        Operations operations =
                Operations.builder(registry).tag("channel").tag("region").build();
        List<Throwable> errors = List.of(new IOException(), new IllegalStateException(), new StackOverflowError());
        long events = 0;
        for (int round = 0; round < 2; round++) {
            for (int name = 0; name < 110; name++) {
                Operation operation = operations.operation("op-" + name);
                operation.run(NOTHING);
                operation.record(Duration.ZERO, errors.get(0));
                for (int value = 0; value < 20; value++) {
                    Operation tagged =
                            operation.with("channel", "c" + value).with("region", "r" + (value * 7 + name) % 120);
                    tagged.run(NOTHING);
                    errors.forEach(error -> tagged.record(Duration.ZERO, error));
                }
                events += 2 + 20 * 4;
            }
        }

        assertThat(registry.get(DURATION).timers()).hasSizeBetween(1_001, 1_000 + 4 * 101);
        assertThat(count(timer -> true)).isEqualTo(events);
        assertThat(count(timer -> "".equals(timer.getId().getTag("error.type"))))
                .isEqualTo(2 * 110 * 21);
        assertThat(count(timer -> "op-99".equals(timer.getId().getTag("operation"))))
                .isEqualTo(2 * 82);
        assertThat(folded("channel")).isPositive();
        assertThat(folded("error.type")).isPositive();
    }

    @Test
    void whatIsOnlyPassedOnTheWayToTheLastTagTakesNoPlace() {
        Operation place = Operations.builder(registry)
                .tag("id", 1_000)
                .tag("kind")
                .tag("region")
                .build()
                .operation("order.place");
        for (int i = 0; i < 1_000; i++) {
            place.with("id", "i" + i).with("kind", "k").with("region", "r").run(NOTHING);
        }

        assertThat(registry.get(DURATION).timers()).hasSize(1_000);
        assertThat(folded("id")).isZero();

        place.with("id", "i0").with("kind", "k2").with("region", "r").run(NOTHING);
        assertThat(registry.get(DURATION).timers()).hasSize(1_001);
        assertThat(folded("id")).isOne();
    }

    @Test
    void manyThreadsTogetherKeepTheBound() throws Exception {
        Operations operations =
                Operations.builder(registry).tag("id", 1_000).tag("kind").build();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int thread = 0; thread < 8; thread++) {
                threads.execute(() -> {
                    for (int i = 0; i < 3_000; i++) {
                        operations
                                .operation("op-" + i % 3)
                                .with("id", "i" + i)
                                .with("kind", "k" + i % 5)
                                .run(NOTHING);
                    }
                });
            }
        } finally {
            threads.shutdown();
        }
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        assertThat(registry.get(DURATION).timers()).hasSizeLessThanOrEqualTo(1_000 + 4 * 3);
        assertThat(count(timer -> true)).isEqualTo(24_000);
    }

    @Test
    void anObjectiveHasItsBucketAndItsEvents() {
        Slo fast = Slo.latency("fill-fast", 99, Duration.ofMillis(1_300)).operations("order.fill");
        Slo good = Slo.availability("fill", 99.5).operations("order.fill", "order.place");
        Operations operations = Operations.builder(registry).slo(fast).slo(good).build();
        Operation fill = operations.operation("order.fill");

        fill.record(Duration.ofSeconds(1), null);
        fill.record(Duration.ofSeconds(2), null);
        fill.record(Duration.ofSeconds(2), new IOException());
        operations.operation("order.place").run(NOTHING);
        operations.operation("else").run(NOTHING);

        assertThat(registry.scrape())
                .contains(
                        "vitals_operation_duration_seconds_bucket{error_type=\"\",operation=\"order.fill\",le=\"1.0\"} 1",
                        "vitals_operation_duration_seconds_bucket{error_type=\"\",operation=\"order.fill\",le=\"1.3\"} 1",
                        "vitals_slo_events_total{slo=\"fill-fast\"} 2.0",
                        "vitals_slo_events_bad_total{slo=\"fill-fast\"} 1.0",
                        "vitals_slo_events_total{slo=\"fill\"} 4.0",
                        "vitals_slo_events_bad_total{slo=\"fill\"} 1.0");
        assertThat(operations.indicator(good).slo()).isSameAs(good);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations.indicator(Slo.availability("other", 99.5)))
                .withMessageContaining("\"other\" is not counted here");
    }

    @Test
    void whatIsPromisedIsThereFromTheStartAndNeverFolds() {
        Operations operations = Operations.builder(registry)
                .slo(Slo.availability("fill", 99.5).operations("order.fill"))
                .build();
        assertThat(registry.get(DURATION).tag("operation", "order.fill").timer().count())
                .isZero();
        for (int i = 0; i < 150; i++) {
            operations.operation("op-" + i).run(NOTHING);
        }

        operations.operation("order.fill").run(NOTHING);

        assertThat(registry.get(DURATION).tag("operation", "order.fill").timer().count())
                .isOne();
    }

    @Test
    void objectivesThatCannotBeMeasuredAreRefusedBeforeAnythingIsMade() {
        Operations.Builder builder = Operations.builder(registry);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.slo(Slo.availability("api", 99.9)))
                .withMessageContaining("HttpServerMetrics.builder");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Operations.builder(registry)
                        .slo(Slo.availability("a", 99.9).operations("No Such Name"))
                        .build())
                .withMessageContaining("No Such Name");
        Operations.Builder many = Operations.builder(registry);
        for (int i = 1; i <= 11; i++) {
            many.slo(Slo.latency("a" + i, 99, Duration.ofMillis(i)).operations("x"));
        }
        assertThatIllegalArgumentException().isThrownBy(many::build).withMessageContaining("at most 10");
        assertThat(registry.getMeters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Order", "order place", "-x", "x.", "_OTHER", "ä"})
    void aNameThatIsNoneIsRefused(String name) {
        Operations operations = Operations.of(registry);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> operations.operation(name))
                .withMessageContaining("\"" + name + "\"");
        assertThatIllegalArgumentException().isThrownBy(() -> operations.counter(name, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> operations.gauge(name, "", () -> 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Channel", "job", "le", "operation", "error.type", "error_type", "9x", "a-b"})
    void aKeyThatIsNoneOrTakenIsRefused(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Operations.builder(registry).tag(key))
                .withMessageContaining("\"" + key + "\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Operations.of(registry).counter("orders", "", key));
    }

    @Test
    void misuseIsRefused() {
        Operations.Builder builder = Operations.builder(registry).tag("a.b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.tag("a_b"))
                .withMessageContaining("twice");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.tag("c", 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.tag("user.password"))
                .withMessageContaining("would hold secrets");
        builder.tag("c").tag("d").tag("e").tag("f");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.tag("g")).withMessageContaining("at most 5");

        builder.build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Operations.of(registry))
                .withMessageContaining("share one Operations");
    }

    @Test
    void aKnownOutcomeAllocatesNothing() {
        Operations operations = Operations.builder(registry)
                .slo(Slo.latency("fast", 99, Duration.ofSeconds(1)).operations("order.place"))
                .build();
        Operation place = operations.operation("order.place");
        var failure = new IOException();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int rounds = 20_000;
        long allocated = Long.MAX_VALUE;
        for (int warm = 0; warm < 3; warm++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < rounds; i++) {
                place.run(NOTHING);
                place.record(Duration.ZERO, failure);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }

        assertThat(allocated / rounds).as("bytes for each").isZero();
    }

    private static Stream<MeterRegistry> others() {
        return Stream.of(
                new SimpleMeterRegistry(),
                new CompositeMeterRegistry(),
                new CompositeMeterRegistry().add(new SimpleMeterRegistry()));
    }

    @ParameterizedTest
    @MethodSource("others")
    void anyRegistryWillDo(MeterRegistry other) {
        Operations operations = Operations.builder(other)
                .tag("channel")
                .slo(Slo.latency("fast", 99, Duration.ofSeconds(1)).operations("order.place"))
                .build();
        Operation place = operations.operation("order.place");
        place.with("channel", "web").run(NOTHING);
        place.record(Duration.ofSeconds(1), new IOException());
        operations.counter("orders.accepted", "", "result").increment("x");
        operations.gauge("orders.open", "", () -> 3);

        assertThat(other.get("vitals.operation.active").gauge()).isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> Operations.of(other));
    }

    @Test
    void aRegistryThatRefusesAMeterDoesNotMakeWorkFail() {
        Operation place = Operations.of(registry).operation("order.place");
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                throw new IllegalStateException("no");
            }
        });

        assertThatThrownBy(() -> place.run(() -> {
                    throw new IOException();
                }))
                .isInstanceOf(IOException.class);
        place.run(NOTHING);

        assertThat(active("order.place")).isZero();
        assertThat(count(timer -> true)).isOne();
    }

    private long count(Predicate<Timer> which) {
        return registry.get(DURATION).timers().stream()
                .filter(which)
                .mapToLong(Timer::count)
                .sum();
    }

    private double active(String operation) {
        return registry.get("vitals.operation.active")
                .tag("operation", operation)
                .gauge()
                .value();
    }

    private long folded(String label) {
        return (long) registry.get("vitals.labels.folded")
                .tag("meter", DURATION)
                .tag("label", label)
                .counter()
                .count();
    }
}
