package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TaskMetricsTest {
    private static final Work.Action<RuntimeException> NOTHING = () -> {};

    private final TwoClocks clock = new TwoClocks();
    private final MeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final TaskMetrics tasks = TaskMetrics.of(registry);

    @Test
    void aWorkerTellsWhatItExecutedFailedAndRetriedAndHowFullItIs() {
        TaskMetrics.Worker worker = tasks.worker("orders", 4);
        assertThat(gauge("vitals.task.saturation")).isZero();

        CompletableFuture<String> later = worker.async(CompletableFuture::new);
        worker.run(() -> {
            assertThat(gauge("vitals.task.active")).isEqualTo(2);
            assertThat(gauge("vitals.task.saturation")).isEqualTo(0.5);
        });
        assertThatThrownBy(() -> worker.run(() -> {
                    throw new IOException();
                }))
                .isInstanceOf(IOException.class);
        worker.retried();
        later.complete("");

        assertThat(registry.get("vitals.task.duration")
                        .tag("error.type", "")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("vitals.task.duration")
                        .tag("error.type", "java.io.IOException")
                        .timer()
                        .count())
                .isOne();
        assertThat(registry.get("vitals.task.retried").counter().count()).isOne();
        assertThat(gauge("vitals.task.active")).isZero();
        assertThat(gauge("vitals.task.saturation")).isZero();
    }

    @Test
    void aBatchIsAsManyTasksAsAreInIt() {
        TaskMetrics.Worker worker = tasks.worker("orders");

        worker.executed(50, Duration.ofSeconds(10));
        worker.executed(0, Duration.ofSeconds(10));
        worker.executed(-1, Duration.ofSeconds(10));
        worker.executed(2, Duration.ofSeconds(-10));

        var timer = registry.get("vitals.task.duration").timer();
        assertThat(timer.count()).isEqualTo(52);
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(10);
    }

    @Test
    void workersBeyondTheBoundShareOneAndNoTaskIsLost() {
        for (int i = 0; i < 120; i++) {
            tasks.worker("w" + i, 2).run(NOTHING);
        }

        assertThat(registry.get("vitals.task.duration").timers()).hasSize(101);
        assertThat(registry.get("vitals.task.duration")
                        .tag("task", "_OTHER")
                        .timer()
                        .count())
                .isEqualTo(20);
        assertThat(registry.get("vitals.task.saturation").gauges()).hasSize(100);
    }

    private static Stream<Arguments> queues() {
        DoubleSupplier throwing = () -> {
            throw new IllegalStateException("the database is away");
        };
        Supplier<@Nullable Duration> ageless = () -> {
            throw new IllegalStateException("the database is away");
        };
        return Stream.of(
                queue(() -> 0, () -> Duration.ZERO, 0, 0, 0),
                queue(() -> 50, () -> Duration.ofMillis(1_500), 50, 1.5, 0.5),
                queue(() -> 150, () -> Duration.ofDays(1), 150, 86_400, 1.5),
                queue(() -> 1, () -> Duration.ofSeconds(-5), 1, 0, 0.01),
                queue(() -> -1, () -> null, Double.NaN, Double.NaN, Double.NaN),
                queue(() -> Double.NaN, () -> null, Double.NaN, Double.NaN, Double.NaN),
                queue(throwing, ageless, Double.NaN, Double.NaN, Double.NaN));
    }

    private static Arguments queue(
            DoubleSupplier depth, Supplier<@Nullable Duration> age, double waiting, double oldest, double full) {
        return Arguments.of(depth, age, waiting, oldest, full);
    }

    @ParameterizedTest
    @MethodSource("queues")
    void aQueueTellsItsDepthItsOldestAndHowFullItIs(
            DoubleSupplier depth, Supplier<@Nullable Duration> age, double waiting, double oldest, double full) {
        tasks.queue("orders", depth).oldestAge(age).capacity(100);

        assertThat(gauge("vitals.queue.depth")).isEqualTo(Double.valueOf(waiting));
        assertThat(gauge("vitals.queue.oldest.age")).isEqualTo(Double.valueOf(oldest));
        assertThat(gauge("vitals.queue.saturation")).isEqualTo(Double.valueOf(full));
    }

    @Test
    void aQueueIsToldEachThingOnce() {
        TaskMetrics.Queue queue = tasks.queue("orders", () -> 3).capacity(6).oldestAge(() -> Duration.ofSeconds(2));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.capacity(12))
                .withMessageContaining("call capacity(...) once");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.oldestAge(() -> Duration.ZERO))
                .withMessageContaining("call oldestAge(...) once");
        assertThat(gauge("vitals.queue.saturation")).isEqualTo(0.5);
    }

    @Test
    void aQueueSaysNothingOfWhatItWasNotAskedFor() {
        tasks.queue("orders", () -> 3);

        assertThat(registry.find("vitals.queue.saturation").gauge()).isNull();
        assertThat(registry.find("vitals.queue.oldest.age").gauge()).isNull();
    }

    @Test
    void aJobTellsItsDurationItsLastSuccessAndWhatItMissed() {
        TaskMetrics.Job job = tasks.job("cleanup", Duration.ofHours(1));
        assertThat(gauge("vitals.job.last.success.timestamp")).isNaN();

        clock.pass(Duration.ofHours(1));
        job.run(() -> clock.pass(Duration.ofMinutes(1)));
        assertThat(gauge("vitals.job.last.success.timestamp")).isEqualTo(1_800_000_000 + 3_660);
        clock.pass(Duration.ofHours(3));
        assertThat(missed()).as("late, or missing").isEqualTo(2);
        assertThatThrownBy(() -> job.run(() -> {
                    throw new IOException();
                }))
                .isInstanceOf(IOException.class);

        assertThat(gauge("vitals.job.last.success.timestamp")).isEqualTo(1_800_000_000 + 3_660);
        assertThat(missed()).isEqualTo(2);
        assertThat(registry.get("vitals.job.duration")
                        .tag("error.type", "")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isEqualTo(60);
        assertThat(registry.get("vitals.job.duration").timers()).hasSize(2);
    }

    @Test
    void settingTheClockMissesNothing() {
        TaskMetrics.Job job = tasks.job("cleanup", Duration.ofHours(1));
        clock.wall(Duration.ofDays(20_000));
        assertThat(missed()).isZero();
        clock.wall(Duration.ofDays(-40_000));
        assertThat(missed()).isZero();
        job.run(NOTHING);
        clock.monotonic(Duration.ofHours(2));
        assertThat(missed()).isOne();
        clock.monotonic(Duration.ofHours(-9));
        assertThat(missed()).isOne();
    }

    @Test
    void whatIsThereAlreadyOrTooMuchOrOutOfRangeIsRefused() {
        var refused = new ArrayList<Runnable>(List.of(
                () -> TaskMetrics.of(registry),
                () -> tasks.worker("Orders"),
                () -> tasks.worker("orders", 0),
                () -> tasks.queue("", () -> 1),
                () -> tasks.queue("some", () -> 1).capacity(0),
                () -> tasks.job("_", Duration.ofHours(1)),
                () -> tasks.job("short", Duration.ofMillis(999)),
                () -> tasks.job("long", Duration.ofDays(400))));
        tasks.worker("orders", 4);
        refused.add(() -> tasks.worker("orders", 5));
        for (int i = 0; i < 99; i++) {
            tasks.queue("q" + i, () -> 1);
            tasks.job("j" + i, Duration.ofHours(1));
        }
        refused.add(() -> tasks.queue("q1", () -> 1));
        refused.add(() -> tasks.job("j1", Duration.ofHours(1)));

        refused.forEach(call -> assertThatIllegalArgumentException().isThrownBy(call::run));
        tasks.job("j99", Duration.ofHours(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tasks.job("j100", Duration.ofHours(1)))
                .withMessageContaining("at most 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tasks.queue("q100", () -> 1))
                .withMessageContaining("at most 100");
        assertThat(tasks.worker("orders", 4)).isSameAs(tasks.worker("orders"));
    }

    @Test
    void prometheusOwnToolFindsNoFault() throws Exception {
        var prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        TaskMetrics watched = TaskMetrics.of(prometheus);
        watched.worker("orders", 2).executed(3, Duration.ofSeconds(1));
        watched.queue("orders", () -> 3).oldestAge(() -> Duration.ofSeconds(2)).capacity(6);
        watched.job("cleanup", Duration.ofHours(1)).run(NOTHING);
        SecurityEvents.of(prometheus);
        SelfMetrics.of(prometheus).observerFailures(() -> 1);

        assertThat(prometheus.scrape())
                .contains(
                        "vitals_task_duration_seconds_count{error_type=\"\",task=\"orders\"} 3",
                        "vitals_task_saturation_ratio{task=\"orders\"} 0.0",
                        "vitals_queue_saturation_ratio{queue=\"orders\"} 0.5",
                        "vitals_queue_oldest_age_seconds{queue=\"orders\"} 2.0",
                        "vitals_job_missed_total{scheduled_job=\"cleanup\"} 0.0",
                        "vitals_job_last_success_timestamp_seconds{scheduled_job=\"cleanup\"} ");
        Promtool.check(prometheus.scrape());
    }

    @Test
    void anEmptyRegistryWillDo() {
        var empty = new CompositeMeterRegistry();
        TaskMetrics watched = TaskMetrics.of(empty);
        watched.worker("orders", 2).run(NOTHING);
        watched.queue("orders", () -> 3).oldestAge(() -> Duration.ofSeconds(2)).capacity(6);
        watched.job("cleanup", Duration.ofHours(1)).run(NOTHING);
        var kept = new SimpleMeterRegistry();

        empty.add(kept);

        assertThat(kept.get("vitals.queue.depth").gauge().value()).isEqualTo(3);
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private double missed() {
        return registry.get("vitals.job.missed").functionCounter().count();
    }
}
