package dev.vitals.errors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.sentry.CheckIn;
import io.sentry.CheckInStatus;
import io.sentry.Hint;
import io.sentry.Sentry;
import io.sentry.SentryEnvelope;
import io.sentry.SentryEvent;
import io.sentry.SentryItemType;
import io.sentry.SentryOptions;
import io.sentry.protocol.SentryId;
import io.sentry.transport.ITransport;
import io.sentry.transport.RateLimiter;
import io.sentry.util.HintUtils;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is thrown is counted once, whatever becomes of it. */
class DeliveryTest {
    private Receiver receiver;
    private ErrorTracking tracking;
    private int thrown;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void stop() {
        receiver.release();
        Sentry.close();
        receiver.close();
    }

    private void init(Consumer<SentryOptions> own) {
        init(receiver.dsn(), own);
    }

    private void init(String dsn, Consumer<SentryOptions> own) {
        Sentry.init(options -> {
            options.setDsn(dsn);
            options.setEnableShutdownHook(false);
            options.setPrintUncaughtStackTrace(false);
            options.setMaxQueueSize(1_000);
            options.setShutdownTimeoutMillis(20);
            options.setFlushTimeoutMillis(20);
            options.setReadTimeoutMillis(300);
            own.accept(options);
            if (tracking == null) {
                tracking = ErrorTracking.builder()
                        .perError(10_000, Duration.ofSeconds(1))
                        .perMinute(100_000)
                        .duplicatesWithin(Duration.ZERO)
                        .install(options);
            }
        });
    }

    @Test
    void whatSentryAcceptsIsSent() throws Exception {
        init(options -> {});

        capture(3);

        assertLosses(Map.of());
        assertThat(tracking.sent()).isEqualTo(3);
        assertThat(Receiver.events(receiver.all())).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 413, 429, 500, 503})
    void whatSentryRefusesIsASendError(int status) throws Exception {
        receiver.answers(status, Map.of());
        init(options -> {});

        capture(1);

        assertLosses(Map.of("send_error", 1L));
        assertThat(tracking.sent()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whereNoSentryIsItIsASendError(Faulty.Fault fault) throws Exception {
        try (var faulty = new Faulty(fault)) {
            init(faulty.dsn(), options -> {});

            capture(1);

            assertLosses(Map.of("send_error", 1L));
            assertThat(tracking.sent()).isZero();
        }
    }

    @Test
    void afterRetryAfterNothingIsSentForThatTime() throws Exception {
        receiver.answers(429, Map.of("Retry-After", "60"));
        init(options -> {});
        capture(1);
        settled();

        capture(2);

        assertLosses(Map.of("send_error", 1L, "ratelimit_backoff", 2L));
        assertThat(receiver.all()).hasSize(1);
    }

    @Test
    void aLimitOnErrorsIsALossAlsoWhereTheSessionBesideTheErrorArrives() throws Exception {
        init(options -> options.setRelease("shop@1.2.3"));
        Sentry.startSession();
        Sentry.flush(10_000);
        receiver.answers(200, Map.of("X-Sentry-Rate-Limits", "60:error:key"));
        capture(1);
        settled();

        capture(2);

        assertLosses(Map.of("ratelimit_backoff", 2L));
        assertThat(tracking.sent()).isEqualTo(1);
        Sentry.flush(5_000);
        List<byte[]> envelopes = receiver.all();
        assertThat(Receiver.events(envelopes)).hasSize(1);
        assertThat(envelopes.stream().flatMap(envelope -> Receiver.items(envelope).stream()))
                .filteredOn(item -> item.getHeader().getType() == SentryItemType.Session)
                .hasSizeGreaterThan(3);
    }

    @Test
    void whatIsMoreThanTheQueueHoldsIsLost() throws Exception {
        receiver.hold();
        init(options -> {
            options.setMaxQueueSize(2);
            options.setReadTimeoutMillis(20_000);
        });

        capture(10);
        assertThat(tracking.droppedByReason()).contains(entry("queue_overflow", 8L));
        receiver.release();

        assertLosses(Map.of("queue_overflow", 8L));
        assertThat(tracking.sent()).isEqualTo(2);
    }

    @Test
    void whatAHookOfTheApplicationsLeavesOutIsFiltered() throws Exception {
        init(options -> options.setBeforeSend((event, hint) -> null));

        capture(2);

        assertLosses(Map.of("filtered", 2L));
    }

    @Test
    void whatTheApplicationsHookBreaksIsCounted() throws Exception {
        init(options -> options.setBeforeSend((event, hint) -> {
            throw new IllegalStateException("a hook");
        }));

        capture(2);

        assertLosses(Map.of("filtered", 2L));
    }

    @Test
    void whatSamplingLeavesOutIsFiltered() throws Exception {
        init(options -> options.setSampleRate(0.5));

        capture(200);

        settled();
        assertThat(tracking.sent()).isBetween(1L, 199L);
        assertLosses(Map.of("filtered", 200 - tracking.sent()));
        assertThat(Receiver.events(receiver.all())).hasSize((int) tracking.sent());
    }

    @Test
    void whatSamplingLeavesOutBesideASessionIsFiltered() throws Exception {
        init(options -> {
            options.setRelease("shop@1.2.3");
            options.setSampleRate(0.0);
        });
        Sentry.startSession();

        capture(2);

        Sentry.flush(5_000);
        assertLosses(Map.of("filtered", 2L));
        assertThat(tracking.sent()).isZero();
    }

    @Test
    void whatSentryKnowsAlreadyIsFiltered() throws Exception {
        init(options -> {});
        var same = new IllegalStateException("the same");

        Sentry.captureException(same);
        Sentry.captureException(same);
        thrown += 2;

        assertLosses(Map.of("filtered", 1L));
        assertThat(tracking.sent()).isEqualTo(1);
    }

    @Test
    void ofWhatNobodyCaughtTheAnswerCountsToo() throws Exception {
        init(options -> {
            options.setEnableUncaughtExceptionHandler(true);
            options.setFlushTimeoutMillis(5_000);
        });
        die();
        assertLosses(Map.of());
        assertThat(tracking.sent()).isEqualTo(1);
        receiver.answers(500, Map.of());

        die();

        assertLosses(Map.of("send_error", 1L));
        assertThat(Receiver.events(receiver.all()))
                .allSatisfy(event -> assertThat(event.isCrashed()).isTrue())
                .hasSize(2);
    }

    private void die() throws InterruptedException {
        var worker = new Thread(() -> {
            throw new IllegalStateException("nobody caught it, the " + thrown + "th");
        });
        worker.start();
        worker.join();
        thrown++;
    }

    @Test
    void aHintWithATypeOfItsOwnStays() throws Exception {
        init(options -> {});
        var type = new Object();
        Hint hint = HintUtils.createWithTypeCheckHint(type);

        Sentry.captureException(new IllegalStateException("typed"), hint);
        thrown++;

        assertThat(HintUtils.getSentrySdkHint(hint)).isSameAs(type);
        assertLosses(Map.of());
        assertThat(tracking.sent()).isEqualTo(1);
    }

    @Test
    void aHintThatIsUsedTwiceCountsTwice() throws Exception {
        init(options -> {});
        Hint hint = new Hint();

        Sentry.captureException(new IllegalStateException("one"), hint);
        Sentry.captureException(new IllegalStateException("two"), hint);
        thrown += 2;

        assertLosses(Map.of());
        assertThat(tracking.sent()).isEqualTo(2);
    }

    @Test
    void whatStillWaitsWhenSentryIsClosedIsLost() throws Exception {
        receiver.hold();
        init(options -> options.setReadTimeoutMillis(20_000));
        capture(3);

        Sentry.close();

        assertThat(tracking.droppedByReason().get("closed")).isGreaterThanOrEqualTo(2);
        assertThat(tracking.droppedByReason().get("ratelimit_backoff")).isZero();
        assertThat(tracking.sent() + tracking.dropped()).isEqualTo(3);
    }

    @Test
    void whatWaitsWhenSentryIsStartedAnewIsSentAndWhatComesAfterToo() throws Exception {
        receiver.hold();
        init(options -> options.setReadTimeoutMillis(20_000));
        capture(3);
        ErrorTracking first = tracking;

        tracking = null;
        init(options -> options.setReadTimeoutMillis(20_000));
        receiver.release();
        thrown = 0;
        capture(2);

        assertLosses(Map.of());
        assertThat(tracking.sent()).isEqualTo(2);
        tracking = first;
        thrown = 3;
        assertLosses(Map.of());
        assertThat(tracking.sent()).isEqualTo(3);
    }

    @Test
    void threadsThatReportWhileSentryIsClosedLoseNothingUncounted() throws Exception {
        var passed = new AtomicInteger();
        init(options -> options.setBeforeSend((event, hint) -> {
            passed.incrementAndGet();
            return event;
        }));
        var begin = new CountDownLatch(1);
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(number -> new Thread(() -> {
                    for (int i = 0; i < 50; i++) {
                        Sentry.captureException(new IllegalStateException(number + " and " + i));
                        begin.countDown();
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        begin.await();
        Sentry.close();
        for (Thread thread : threads) {
            thread.join();
        }

        // Sentry turns away at its own door what comes once it is closed.
        thrown = passed.get();
        settled();
    }

    private long seen() {
        return tracking.sent() + tracking.dropped() + tracking.suppressed() + tracking.ignored();
    }

    @Test
    void whatATransportOfTheApplicationsTakesIsSent() throws Exception {
        init(options -> options.setTransportFactory((own, details) -> new Nowhere()));

        capture(2);

        assertLosses(Map.of());
        assertThat(tracking.sent()).isEqualTo(2);
    }

    private static final class Nowhere implements ITransport {
        @Override
        public void send(SentryEnvelope envelope, Hint hint) {}

        @Override
        public void flush(long timeoutMillis) {}

        @Override
        public RateLimiter getRateLimiter() {
            return null;
        }

        @Override
        public void close(boolean isRestarting) {}

        @Override
        public void close() {}
    }

    @Test
    void whatCannotBeWrittenIsCounted() throws Exception {
        init(options -> options.setBeforeSend((event, hint) -> {
            event.setExtra("bad", new Bad());
            return event;
        }));

        capture(1);

        settled();
        assertThat(receiver.all().stream().filter(DeliveryTest::hasAnEvent)).hasSize((int) tracking.sent());
    }

    private static boolean hasAnEvent(byte[] envelope) {
        return new String(envelope, UTF_8).contains("\"type\":\"event\"");
    }

    /** Writing it fails. */
    static final class Bad implements io.sentry.JsonSerializable {
        @Override
        public void serialize(io.sentry.ObjectWriter writer, io.sentry.ILogger logger) {
            throw new IllegalStateException("cannot be written");
        }
    }

    @Test
    void transactionsSessionsAndCheckInsPassAndAreNoErrors() throws Exception {
        init(options -> {
            options.setRelease("shop@1.2.3");
            options.setTracesSampleRate(1.0);
        });

        Sentry.startSession();
        Sentry.startTransaction("GET /orders", "http.server").finish();
        Sentry.captureCheckIn(new CheckIn("nightly", CheckInStatus.OK));
        Sentry.flush(10_000);

        assertThat(receiver.all().stream().flatMap(envelope -> Receiver.items(envelope).stream()))
                .extracting(item -> item.getHeader().getType())
                .containsExactlyInAnyOrder(SentryItemType.Session, SentryItemType.Transaction, SentryItemType.CheckIn);
        assertThat(seen()).isZero();
    }

    private void capture(int errors) {
        for (int i = 0; i < errors; i++) {
            SentryId id = Sentry.captureEvent(new SentryEvent(new IllegalStateException("error " + thrown)));
            assertThat(id).isNotNull();
            thrown++;
        }
    }

    /** Waits until all that was thrown is counted; asserts that no more is. */
    private void settled() throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (seen() < thrown && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(seen())
                .as("sent %d, dropped %s", tracking.sent(), tracking.droppedByReason())
                .isEqualTo(thrown);
    }

    private void assertLosses(Map<String, Long> expected) throws InterruptedException {
        settled();
        assertThat(tracking.droppedByReason().entrySet().stream().filter(loss -> loss.getValue() > 0))
                .containsExactlyInAnyOrderElementsOf(expected.entrySet().stream()
                        .filter(loss -> loss.getValue() > 0)
                        .toList());
    }
}
