package dev.vitals.health;

import static dev.vitals.health.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.HealthReport.Lifecycle;
import dev.vitals.health.HealthResult.Measurement;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HealthMonitorTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private HealthMonitor monitor = HealthMonitor.builder().start();

    @AfterEach
    void stop() {
        release.countDown();
        monitor.close();
    }

    private void start(Consumer<HealthMonitor.Builder> checks) {
        monitor.close();
        var builder = HealthMonitor.builder();
        checks.accept(builder);
        monitor = builder.start();
    }

    @Test
    void withoutChecksAllIsUp() {
        for (Probe probe : Probe.values()) {
            assertThat(monitor.status(probe)).isEqualTo(Status.UP);
        }
        assertThat(monitor.report().lifecycle()).isEqualTo(Lifecycle.RUNNING);
    }

    @Test
    void whatHasNotBeenCheckedIsDownAndLivenessHolds() {
        start(builder -> builder.liveness("worker", Heartbeat.within(Duration.ofSeconds(1)))
                .readiness("database", this::hang));

        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DOWN);
        assertThat(monitor.status(Probe.HEALTH)).isEqualTo(Status.DOWN);
        assertThat(monitor.status(Probe.STARTUP)).isEqualTo(Status.UP);
        assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.UP);
        assertThat(check("database").reason()).isEqualTo("not checked yet");
        assertThat(check("database").checkedAt()).isNull();
        assertThat(monitor.report().lifecycle()).isEqualTo(Lifecycle.STARTING);
    }

    @Test
    void aCheckIsSeenUpAndItsChangesAreSeen() {
        var broken = new AtomicBoolean();
        start(builder -> builder.readiness(
                "database",
                deadline -> broken.get()
                        ? HealthResult.down("refused").withDetail("port", 5432)
                        : HealthResult.up().withMeasurement("connections", "1", 7),
                HealthMonitorTest::fast));

        eventually(() -> monitor.status(Probe.READINESS) == Status.UP);
        assertThat(check("database").measurements()).containsExactly(new Measurement("connections", "1", 7));
        broken.set(true);
        eventually(() -> monitor.status(Probe.READINESS) == Status.DOWN);
        assertThat(check("database").reason()).isEqualTo("refused");
        assertThat(check("database").details()).containsEntry("port", 5432);
        broken.set(false);
        eventually(() -> monitor.status(Probe.READINESS) == Status.UP);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                IllegalStateException.class,
                java.io.IOException.class,
                OutOfMemoryError.class,
                StackOverflowError.class,
                LinkageError.class,
                ThreadDeathLike.class
            })
    void whateverACheckThrowsIsDownAndItRunsAgain(Class<? extends Throwable> kind) {
        var runs = new AtomicInteger();
        start(builder -> builder.readiness(
                "database",
                deadline -> {
                    runs.incrementAndGet();
                    throw HealthMonitorTest.<RuntimeException>sneaky(
                            kind.getDeclaredConstructor(String.class).newInstance("why"));
                },
                HealthMonitorTest::fast));

        eventually(() -> runs.get() >= 3);
        assertThat(check("database").status()).isEqualTo(Status.DOWN);
        assertThat(check("database").reason()).isEqualTo(kind.getSimpleName());
        assertThat(check("database").details()).containsEntry("message", "why");
    }

    @Test
    void aCheckThatGivesNothingIsDown() {
        start(builder -> builder.readiness("database", deadline -> null, HealthMonitorTest::fast));

        eventually(() -> "the check gave null".equals(check("database").reason()));
    }

    @Test
    void aHungCheckKeepsOneThreadAndSaysForHowLong() {
        var runs = new AtomicInteger();
        start(builder -> builder.readiness(
                "database",
                deadline -> {
                    runs.incrementAndGet();
                    return hang(deadline);
                },
                HealthMonitorTest::fast));

        eventually(() -> check("database").reason().startsWith("no answer in 50 ms, hangs since "));
        eventually(() -> check("database").reason().matches(".*hangs since [1-9] s at \\S+\\.\\S+"));
        assertThat(check("database").hang().stack()).contains("HealthMonitorTest.hang");
        assertThat(check("database").hang().age()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(monitor.report().engine().hung()).isEqualTo(1);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DOWN);
        assertThat(runs).hasValue(1);
        assertThat(threads("vitals-check-database")).isEqualTo(1);
    }

    @Test
    void aHungCheckLeavesTheOthersAlone() {
        var runs = new AtomicInteger();
        start(builder -> builder.readiness("hung", this::hang, HealthMonitorTest::fast)
                .readiness(
                        "well",
                        deadline -> {
                            runs.incrementAndGet();
                            return HealthResult.up();
                        },
                        HealthMonitorTest::fast));

        eventually(() -> check("hung").status() == Status.DOWN);
        int before = runs.get();
        eventually(() -> runs.get() > before + 3);
        assertThat(check("well").status()).isEqualTo(Status.UP);
    }

    @Test
    void aLateResultIsCountedAndNeverShown() {
        start(builder -> builder.readiness(
                "database",
                deadline -> hang(deadline).withDetail("late", true),
                options -> options.every(Duration.ofHours(1)).timeout(Duration.ofMillis(50))));
        eventually(() -> monitor.report().checks().get(0).reason().contains("hangs"));

        release.countDown();

        eventually(() -> check("database").lateResults() >= 1);
        assertThat(check("database").details()).doesNotContainKey("late");
        assertThat(check("database").reason()).doesNotContain("hangs");
    }

    @Test
    void atTheDeadlineTheRunIsInterruptedAndItsActionsRunOnAThreadOfTheirOwn() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        start(builder -> builder.readiness(
                "database",
                deadline -> {
                    deadline.onExpiry(() -> {
                        throw new IllegalStateException("one action must not stop the next");
                    });
                    deadline.onExpiry(
                            () -> seen.add("expiry on " + Thread.currentThread().getName()));
                    try {
                        release.await();
                    } catch (InterruptedException interrupted) {
                        seen.add("interrupted");
                    }
                    return HealthResult.up();
                },
                HealthMonitorTest::fast));

        assertThat(new String[] {seen.poll(10, TimeUnit.SECONDS), seen.poll(10, TimeUnit.SECONDS)})
                .containsExactlyInAnyOrder("interrupted", "expiry on vitals-expiry-database");
    }

    @Test
    void aHangCountsAgainAtEachIntervalUntilItsThreshold() {
        var hangs = new AtomicBoolean();
        start(builder ->
                builder.readiness("database", deadline -> hangs.get() ? hang(deadline) : HealthResult.up(), options -> {
                    fast(options);
                    options.failuresToDown(5);
                }));
        eventually(() -> check("database").status() == Status.UP);

        hangs.set(true);

        eventually(() -> monitor.status(Probe.READINESS) == Status.DOWN);
        assertThat(check("database").reason()).contains("hangs since");
    }

    @Test
    void noRunBeginsBeforeWhatTheLastOneAskedForOnExpiryIsDone() {
        var runs = new AtomicInteger();
        start(builder -> builder.readiness(
                "database",
                deadline -> {
                    runs.incrementAndGet();
                    deadline.onExpiry(() -> hang(deadline));
                    new CountDownLatch(1).await();
                    return HealthResult.up();
                },
                HealthMonitorTest::fast));

        eventually(() -> threads("vitals-expiry-database") == 1);
        var first = check("database").checkedAt();
        eventually(() -> check("database").duration().compareTo(Duration.ofMillis(300)) > 0);
        assertThat(runs).hasValue(1);
        assertThat(check("database").checkedAt()).isEqualTo(first);

        release.countDown();
        eventually(() -> runs.get() > 1);
    }

    @Test
    void closingExpiresWhatIsUnderWayAndShowsNothingOfIt() throws Exception {
        var interrupted = new CountDownLatch(1);
        var expired = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        start(builder -> builder.readiness(
                "database",
                deadline -> {
                    deadline.onExpiry(expired::countDown);
                    started.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException cut) {
                        interrupted.countDown();
                    }
                    return HealthResult.down("closed in the middle");
                },
                options -> options.timeout(Duration.ofHours(1)).every(Duration.ofHours(1))));
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();

        monitor.close();

        assertThat(expired.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        eventually(() -> threads("vitals-") == 0);
        assertThat(check("database").reason()).isEqualTo("not checked yet");
    }

    @Test
    void aDetailThatHangsWhenItIsAskedHangsItsCheckAndNoReader() {
        start(builder -> builder.readiness(
                "database",
                deadline -> HealthResult.up().withDetail("hostile", new Object() {
                    @Override
                    public String toString() {
                        hang(deadline);
                        return "late";
                    }
                }),
                HealthMonitorTest::fast));

        eventually(() -> check("database").reason().contains("hangs since"));
        assertThat(check("database").details()).isEmpty();
    }

    @Test
    void aReportIsOfOneMoment() {
        var turn = new AtomicInteger();
        start(builder -> builder.readiness(
                "database",
                deadline -> turn.incrementAndGet() % 2 == 0 ? HealthResult.up() : HealthResult.down("odd"),
                options -> options.every(Duration.ofMillis(10)).longestAge(Duration.ofDays(1))));
        eventually(() -> turn.get() > 1);

        for (int seen = turn.get(); turn.get() < seen + 20; ) {
            HealthReport report = monitor.report();
            assertThat(report.status(Probe.READINESS))
                    .isEqualTo(report.checks().get(0).status());
        }
    }

    @Test
    void theInterruptOfOneRunNeverReachesTheNext() {
        var first = new AtomicBoolean(true);
        var interruptedLater = new AtomicBoolean();
        start(builder -> builder.readiness(
                "database",
                deadline -> {
                    if (first.getAndSet(false)) {
                        while (!deadline.isExpired() || !Thread.currentThread().isInterrupted()) {
                            Thread.onSpinWait();
                        }
                    } else if (Thread.currentThread().isInterrupted()) {
                        interruptedLater.set(true);
                    }
                    return HealthResult.up();
                },
                HealthMonitorTest::fast));

        eventually(() -> check("database").status() == Status.UP);
        assertThat(interruptedLater).isFalse();
    }

    @Test
    void readingRunsNothing() {
        var runs = new AtomicInteger();
        start(builder -> builder.readiness(
                "database",
                deadline -> {
                    runs.incrementAndGet();
                    return HealthResult.up();
                },
                options -> options.every(Duration.ofHours(1))));
        eventually(() -> monitor.status(Probe.READINESS) == Status.UP);

        for (int i = 0; i < 1000; i++) {
            monitor.status(Probe.READINESS);
            monitor.report();
        }

        assertThat(runs).hasValue(1);
    }

    @Test
    void pastSixtyFourRunsThereIsNoThreadFree() {
        start(builder -> {
            for (int i = 0; i < Runners.MOST + 1; i++) {
                builder.readiness("hung-" + i, this::hang, HealthMonitorTest::fast);
            }
        });

        eventually(() -> monitor.report().checks().stream()
                .anyMatch(check -> String.valueOf(check.reason()).startsWith("no thread free")));
        assertThat(threads("vitals-check-")).isEqualTo(Runners.MOST);

        release.countDown();
        eventually(() -> monitor.status(Probe.READINESS) == Status.UP);
    }

    @Test
    void startupIsAskedUntilItSaysYesAndNeverAgain() {
        var done = new AtomicBoolean();
        var asked = new AtomicInteger();
        start(builder -> builder.startup("migrations", () -> {
            asked.incrementAndGet();
            return done.get();
        }));
        eventually(() -> asked.get() > 0);
        assertThat(monitor.status(Probe.STARTUP)).isEqualTo(Status.DOWN);
        assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.UP);
        assertThat(monitor.report().lifecycle()).isEqualTo(Lifecycle.STARTING);

        done.set(true);

        eventually(() -> monitor.status(Probe.STARTUP) == Status.UP);
        done.set(false);
        assertThat(monitor.report().lifecycle()).isEqualTo(Lifecycle.RUNNING);
        assertThat(monitor.status(Probe.STARTUP)).isEqualTo(Status.UP);
    }

    @Test
    void aSilentHeartbeatFailsLivenessAndHealthButNotReadiness() {
        Heartbeat heartbeat = Heartbeat.within(Duration.ofMillis(1));
        start(builder -> builder.liveness("worker", heartbeat));
        heartbeat.beat();

        eventually(() -> monitor.status(Probe.LIVENESS) == Status.DOWN);
        assertThat(monitor.status(Probe.HEALTH)).isEqualTo(Status.DOWN);
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.UP);
        assertThat(check("worker").reason()).startsWith("no heartbeat for");
    }

    @Test
    void drainingIsForGood() throws Exception {
        start(builder -> builder.readiness("database", deadline -> HealthResult.up(), HealthMonitorTest::fast));
        eventually(() -> monitor.status(Probe.READINESS) == Status.UP);

        monitor.drain(Duration.ZERO);

        var runs = check("database").checkedAt();
        eventually(() -> check("database").checkedAt().isAfter(runs));
        assertThat(monitor.status(Probe.READINESS)).isEqualTo(Status.DOWN);
        assertThat(monitor.status(Probe.LIVENESS)).isEqualTo(Status.UP);
        assertThat(monitor.status(Probe.HEALTH)).isEqualTo(Status.UP);
        assertThat(monitor.report().lifecycle()).isEqualTo(Lifecycle.DRAINING);
    }

    @Test
    void aMonitorThatNobodyRenewsReadsStale() {
        start(builder -> builder.readiness(
                "database", deadline -> HealthResult.up(), options -> options.every(Duration.ofMillis(20))
                        .timeout(Duration.ofMillis(400))
                        .longestAge(Duration.ofMillis(500))));
        eventually(() -> monitor.status(Probe.READINESS) == Status.UP);

        monitor.close();

        eventually(() -> monitor.status(Probe.READINESS) == Status.DOWN);
        assertThat(check("database").status()).isEqualTo(Status.DOWN);
        assertThat(check("database").reason()).startsWith("stale: last looked at");
    }

    @Test
    void closingLeavesNoThreadBehind() {
        start(builder -> builder.readiness("database", deadline -> HealthResult.up(), HealthMonitorTest::fast));
        eventually(() -> monitor.status(Probe.READINESS) == Status.UP);

        monitor.close();

        eventually(() -> threads("vitals-") == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a b", "ä", "liveness", "ready", "<script>"})
    void aNameThatFitsNoPathIsRefused(String name) {
        assertThatThrownBy(() -> HealthMonitor.builder().observe(name, deadline -> HealthResult.up()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + name + "\"");
    }

    @Test
    void aNameIsTakenOnce() {
        var builder = HealthMonitor.builder().startup("database", () -> true);

        assertThatThrownBy(() -> builder.readiness("database", deadline -> HealthResult.up()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give this one another name");
    }

    private static void fast(CheckOptions options) {
        options.every(Duration.ofMillis(20)).timeout(Duration.ofMillis(50)).longestAge(Duration.ofDays(1));
    }

    private HealthResult hang(Deadline deadline) {
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException ignored) {
                // The kind of check that this is about.
            }
        }
        return HealthResult.up();
    }

    private HealthReport.Check check(String name) {
        return monitor.report().checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws any Throwable from where only some may be
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @SuppressWarnings("UnusedMethod") // made by reflection
    private static final class ThreadDeathLike extends Throwable {
        private static final long serialVersionUID = 1;

        ThreadDeathLike(String message) {
            super(message);
        }
    }
}
