package dev.vitals.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentry.Sentry;
import io.sentry.SentryEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real receiver. */
class StormTest {
    private static final int THREADS = 8;
    private static final int EACH = 10_000;

    private final AtomicLong nanos = new AtomicLong();
    private Receiver receiver;
    private ErrorTracking tracking;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void stop() {
        Sentry.close();
        receiver.close();
    }

    private void init(ErrorTrackingBuilder builder, boolean gateFits) {
        Sentry.init(options -> {
            options.setDsn(receiver.dsn());
            options.setEnableShutdownHook(false);
            tracking = builder.install(options, gateFits, nanos::get);
        });
    }

    @Test
    @Timeout(60)
    void allThatIsThrownIsCountedOnceAndAllThatIsHeldBackIsTold() throws Exception {
        init(
                ErrorTracking.builder()
                        .perError(5, Duration.ofSeconds(1))
                        .perMinute(100)
                        .ignore(InterruptedException.class)
                        .duplicatesWithin(Duration.ofMillis(50)),
                true);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> storm = IntStream.range(0, THREADS)
                    .mapToObj(number -> (Callable<Void>) () -> {
                        for (int i = 0; i < EACH; i++) {
                            nanos.addAndGet(20_000);
                            Sentry.captureException(error(number, i));
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> done : threads.invokeAll(storm)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        Sentry.flush(20_000);

        assertThat(tracking.ignored()).isEqualTo(THREADS * (long) EACH / 10);
        assertThat(tracking.sent()).isPositive();
        assertThat(tracking.sent() + tracking.suppressed() + tracking.ignored() + tracking.dropped())
                .isEqualTo((long) THREADS * EACH);
        List<SentryEvent> arrived = Receiver.events(receiver.all());
        assertThat(arrived).hasSize((int) tracking.sent());
        assertThat(told(arrived)).isPositive();
        assertThat(told(arrived) + tracking.storms().untold()).isEqualTo(tracking.suppressed());
    }

    /** Of each ten one is ignored, and some wrap another; more kinds than there are places for. */
    private static Throwable error(int number, int i) {
        if (i % 10 == 0) {
            return new RuntimeException(new InterruptedException("stop"));
        }
        var error = new IllegalStateException("order " + i % 7);
        error.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("shop.Orders", "place", "Orders.java", i % 100 == 1 ? number * EACH + i : i % 5)
        });
        return i % 3 == 0 ? new IllegalArgumentException("no order", error) : error;
    }

    private static long told(List<SentryEvent> events) {
        return events.stream()
                .mapToLong(event -> number(event, Admission.SUPPRESSED) + number(event, Admission.SUPPRESSED_OTHERS))
                .sum();
    }

    private static long number(SentryEvent event, String tag) {
        String value = event.getTag(tag);
        return value == null ? 0 : Long.parseLong(value);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneErrorIsHeldBackAfterItsFirstsAlsoWhereTheGateDoesNotFit(boolean gateFits) throws Exception {
        init(
                ErrorTracking.builder()
                        .perError(2, Duration.ofSeconds(10))
                        .ignore(InterruptedException.class)
                        .duplicatesWithin(Duration.ZERO),
                gateFits);
        for (int i = 0; i < 5; i++) {
            again(i);
        }
        Sentry.captureException(new InterruptedException());
        Sentry.captureException(new IllegalArgumentException("another"));
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        again(5);

        List<SentryEvent> arrived = Receiver.events(receiver.all());
        assertThat(arrived)
                .extracting(event -> event.getTag(Admission.SUPPRESSED))
                .containsExactly(null, null, null, "3");
        assertThat(tracking.sent()).isEqualTo(4);
        assertThat(tracking.suppressed()).isEqualTo(3);
        assertThat(tracking.ignored()).isEqualTo(1);
    }

    @Test
    void whatIsToldButDoesNotArriveIsToldAgain() throws Exception {
        init(ErrorTracking.builder().perError(1, Duration.ofSeconds(10)).duplicatesWithin(Duration.ZERO), true);
        for (int i = 0; i < 4; i++) {
            again(i);
        }
        receiver.answers(503, Map.of());
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        again(4);
        receiver.answers(200, Map.of());
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        again(5);

        assertThat(tracking.sent()).isEqualTo(2);
        assertThat(Receiver.events(receiver.all()))
                .extracting(event -> event.getTag(Admission.SUPPRESSED))
                .containsExactly(null, "3", "3");
        assertThat(tracking.storms().untold()).isZero();
    }

    private static void again(int number) {
        var error = new IllegalStateException("order " + number);
        error.setStackTrace(new StackTraceElement[] {new StackTraceElement("shop.Orders", "place", "Orders.java", 7)});
        Sentry.captureException(error);
        Sentry.flush(10_000);
    }

    @Test
    void whatWrapsWhatWasJustReportedIsNotReportedAgain() throws Exception {
        init(ErrorTracking.builder(), true);
        var root = new IllegalStateException("no database");

        Sentry.captureException(root);
        Sentry.captureException(new RuntimeException("no order", root));
        Sentry.captureMessage("nightly run failed");
        Sentry.captureMessage("nightly run failed");
        Sentry.flush(10_000);

        assertThat(tracking.sent()).isEqualTo(2);
        assertThat(tracking.suppressed()).isEqualTo(2);
    }

    @Test
    void anExceptionThatCannotBeLookedAtPasses() throws Exception {
        init(ErrorTracking.builder(), true);
        var odd = new IllegalStateException("odd") {
            private final transient Thread caller = Thread.currentThread();
            private boolean asked;

            @Override
            public StackTraceElement[] getStackTrace() {
                if (!asked && Thread.currentThread() == caller) {
                    asked = true;
                    throw new UnsupportedOperationException("no trace");
                }
                return super.getStackTrace();
            }
        };

        Sentry.captureException(odd);
        Sentry.flush(10_000);

        assertThat(tracking.sent()).isEqualTo(1);
    }
}
