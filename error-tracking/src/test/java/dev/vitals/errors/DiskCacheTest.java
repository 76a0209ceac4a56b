package dev.vitals.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentry.Sentry;
import io.sentry.SentryEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sentry is away, and what is kept on disk arrives after the next start. */
class DiskCacheTest {
    private static final int MOST = 3;

    @TempDir
    Path folder;

    private ErrorTracking tracking;

    @AfterEach
    void stop() {
        Sentry.close();
    }

    private void init(String dsn) {
        Sentry.init(options -> {
            options.setDsn(dsn);
            options.setEnableShutdownHook(false);
            options.setCacheDirPath(folder.toString());
            options.setMaxCacheItems(MOST);
            tracking = ErrorTracking.builder()
                    .perError(100, Duration.ofSeconds(1))
                    .duplicatesWithin(Duration.ZERO)
                    .install(options);
        });
    }

    @Test
    void whatIsKeptOnDiskIsNoMoreThanMayBeAndArrivesAfterTheNextStart() throws Exception {
        int port;
        try (var receiver = new Receiver()) {
            port = receiver.port();
        }
        init(Receiver.dsn(port));
        for (int i = 0; i < 5; i++) {
            Sentry.captureException(new IllegalStateException("error " + i));
            Sentry.flush(10_000);
            assertThat(kept()).isBetween(1L, (long) MOST);
        }
        assertThat(tracking.droppedByReason()).containsEntry("kept_on_disk", 5L);
        assertThat(tracking.dropped()).isEqualTo(5);
        assertThat(kept()).isEqualTo(MOST);
        Sentry.close();

        try (var receiver = new Receiver(port)) {
            init(Receiver.dsn(port));
            int[] arrived = new int[1];
            List<byte[]> envelopes = receiver.until(envelope -> ++arrived[0] == MOST);

            assertThat(Receiver.events(envelopes))
                    .hasSize(MOST)
                    .extracting(SentryEvent::getEventId)
                    .doesNotHaveDuplicates();
            assertThat(tracking.sent() + tracking.dropped()).isZero();
        }
    }

    @Test
    void whatSentryRefusesIsNotKept() throws Exception {
        try (var receiver = new Receiver()) {
            receiver.answers(500, Map.of());
            init(receiver.dsn());

            Sentry.captureException(new IllegalStateException("refused"));
            Sentry.flush(10_000);

            assertThat(tracking.droppedByReason()).containsEntry("send_error", 1L);
            assertThat(kept()).isZero();
        }
    }

    @Test
    void whatWasResetOnItsWayIsKept() throws Exception {
        try (var faulty = new Faulty(Faulty.Fault.RESET)) {
            init(faulty.dsn());

            Sentry.captureException(new IllegalStateException("reset"));
            Sentry.flush(10_000);

            assertThat(tracking.droppedByReason()).containsEntry("kept_on_disk", 1L);
            assertThat(kept()).isEqualTo(1);
        }
    }

    private long kept() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".envelope")).count();
        }
    }
}
