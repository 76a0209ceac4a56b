package dev.vitals.errors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.vitals.errors.Counts.Loss;
import dev.vitals.errors.Storms.Told;
import io.sentry.AsyncHttpTransportFactory;
import io.sentry.Hint;
import io.sentry.ILogger;
import io.sentry.SentryEvent;
import io.sentry.SentryOptions;
import io.sentry.TypeCheckHint;
import io.sentry.UncaughtExceptionHandlerIntegration.UncaughtExceptionHint;
import io.sentry.protocol.SentryId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The reports of one Sentry client that are on their way, no more than its queue holds. Safe for use by many threads. */
final class Deliveries {
    private static final int HEADER = 256;

    private final Counts counts;
    private final Storms storms;
    private final SentryOptions options;
    private final Set<Delivery> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Deliveries(Counts counts, Storms storms, SentryOptions options) {
        this.counts = counts;
        this.storms = storms;
        this.options = options;
    }

    /** Asks to be told what becomes of it. Whoever has asked before is not pushed aside. */
    Delivery follow(SentryEvent event, Hint hint, Told told) {
        var delivery = new Delivery(this, event.getEventId(), told);
        Object asked = hint.get(TypeCheckHint.SENTRY_TYPE_CHECK_HINT);
        if (asked == null) {
            hint.set(TypeCheckHint.SENTRY_TYPE_CHECK_HINT, delivery);
        } else if (asked.getClass() == UncaughtExceptionHint.class) {
            var both = new Delivery.Uncaught((UncaughtExceptionHint) asked, delivery, this);
            hint.set(TypeCheckHint.SENTRY_TYPE_CHECK_HINT, both);
        } else {
            delivery.setResult(true);
        }
        return delivery;
    }

    /** The call has returned. */
    void handedOver(Delivery delivery) {
        // Only of Sentry's own transport is it known that it answers.
        delivery.taken(options.getTransportFactory() instanceof AsyncHttpTransportFactory);
        if (closed) {
            delivery.lost(Loss.CLOSED);
        }
    }

    void await(Delivery delivery) {
        waiting.add(delivery);
    }

    /** What the client takes from now on it throws away, without a word. */
    void closing() {
        closed = true;
    }

    /** Nobody is there to send what still waits. */
    void closed() {
        closed = true;
        waiting.forEach(delivery -> delivery.lost(Loss.CLOSED));
    }

    void settled(Delivery delivery, @Nullable Loss loss) {
        waiting.remove(delivery);
        if (loss == null) {
            counts.sent.increment();
            return;
        }
        counts.dropped(loss).increment();
        if (loss != Loss.KEPT_ON_DISK) {
            storms.takeBack(delivery.told());
        }
    }

    /** Returns null for a report that has arrived. */
    @Nullable
    Loss lossOf(@Nullable SentryId event, boolean success) {
        if (success) {
            return counts.leftOut(event);
        }
        return isOnDisk(event) ? Loss.KEPT_ON_DISK : Loss.SEND_ERROR;
    }

    /** Sentry does not tell, so we look: it keeps few files, and an envelope begins with the id of its event. */
    private boolean isOnDisk(@Nullable SentryId event) {
        String folder = options.getCacheDirPath();
        if (event == null || folder == null) {
            return false;
        }
        String id = event.toString();
        try (DirectoryStream<Path> envelopes = Files.newDirectoryStream(Path.of(folder), "*.envelope")) {
            for (Path envelope : envelopes) {
                if (header(envelope).contains(id)) {
                    return true;
                }
            }
        } catch (IOException | RuntimeException unreadable) { // what cannot be read will not be sent either
            return false;
        }
        return false;
    }

    private static String header(Path envelope) {
        try (InputStream in = Files.newInputStream(envelope)) {
            return new String(in.readNBytes(HEADER), ISO_8859_1);
        } catch (IOException gone) { // it makes room for others at any time
            return "";
        }
    }

    ILogger logger() {
        return options.getLogger();
    }
}
