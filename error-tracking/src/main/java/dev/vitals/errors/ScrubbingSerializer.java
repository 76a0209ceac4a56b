package dev.vitals.errors;

import dev.vitals.errors.Counts.Loss;
import io.sentry.ISerializer;
import io.sentry.JsonDeserializer;
import io.sentry.JsonObjectWriter;
import io.sentry.SentryBaseEvent;
import io.sentry.SentryEnvelope;
import io.sentry.SentryEnvelopeItem;
import io.sentry.SentryEvent;
import io.sentry.SentryItemType;
import io.sentry.SentryLevel;
import io.sentry.SentryOptions;
import io.sentry.protocol.SentryId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what Sentry sends, scrubbed; reads through the serializer that was there before. Sentry has the items of an
 * envelope written first, each by {@link #serialize(Object, Writer)}, and then the envelope around their bytes. Whatever
 * goes wrong, nothing is written in part.
 */
final class ScrubbingSerializer implements ISerializer {
    private final ISerializer reading;
    private final SentryOptions options;
    private final FieldScrubber scrubber;
    private final ErrorTracking tracking;
    private final EnvelopeItems items;
    private final Noise noise;

    ScrubbingSerializer(ISerializer reading, SentryOptions options, FieldScrubber scrubber, ErrorTracking tracking) {
        this.reading = reading;
        this.options = options;
        this.scrubber = scrubber;
        this.tracking = tracking;
        this.noise = new Noise(tracking.settings().noisyLoggers());
        this.items = new EnvelopeItems(tracking, options.getMaxDepth(), this::text);
    }

    /** What this serializer is part of. */
    ErrorTracking tracking() {
        return tracking;
    }

    @Override
    public <T> void serialize(T entity, Writer writer) throws IOException {
        writer.write(reportOrSkeleton(entity));
        writer.flush();
        items.written();
    }

    private String reportOrSkeleton(Object report) throws IOException {
        try {
            if (report instanceof SentryBaseEvent event) {
                noise.leaveOut(event);
            }
            if (tracking.settings().stableFingerprints() && report instanceof SentryEvent event) {
                group(event);
            }
            return text(report);
        } catch (Throwable failure) { // whatever it is, the report must not go out as it is
            tracking.counts().skeletons.increment();
            log("A report could not be scrubbed", failure);
            return skeleton(report);
        }
    }

    /** What the application says goes first. */
    private void group(SentryEvent event) {
        if (event.getFingerprints() == null || event.getFingerprints().isEmpty()) {
            event.setFingerprints(Grouping.of(event, tracking.settings().scrubber()));
        }
    }

    private String skeleton(Object report) throws IOException {
        if (Skeleton.fits(report)) {
            try {
                long number = tracking.counts().skeletons.sum();
                return Skeleton.of((SentryBaseEvent) report, tracking.settings().scrubber(), number);
            } catch (Throwable failure) { // as above
                log("There is no skeleton of it either", failure);
            }
        }
        throw new IOException("could not be scrubbed, and is left out");
    }

    @Override
    public String serialize(Map<String, Object> data) throws IOException {
        try {
            return text(data);
        } catch (Throwable failure) { // as above
            log("Data could not be scrubbed", failure);
            throw new IOException("could not be scrubbed, and is left out");
        }
    }

    /** The envelope's own headers hold texts of the application's too, such as a transaction's name. */
    @Override
    public void serialize(SentryEnvelope envelope, OutputStream out) throws IOException {
        out.write(header(envelope));
        @Nullable Loss leftOut = Loss.RATELIMIT_BACKOFF; // Sentry has taken it out of the envelope by now
        for (SentryEnvelopeItem item : envelope.getItems()) {
            byte[] bytes = bytes(item);
            if (item.getHeader().getType() == SentryItemType.Event) {
                leftOut = bytes == null ? Loss.SEND_ERROR : null;
            }
            if (bytes != null) {
                out.write(bytes);
            }
        }
        SentryId event = envelope.getHeader().getEventId();
        if (leftOut != null && event != null) {
            tracking.counts().leftOut(event, leftOut);
        }
        out.flush();
    }

    private byte[] header(SentryEnvelope envelope) throws IOException {
        try {
            return line(envelope.getHeader());
        } catch (Throwable failure) { // as above
            log("An envelope's header could not be scrubbed", failure);
            SentryId id = envelope.getHeader().getEventId();
            return line(id == null ? Map.of() : Map.of("event_id", id.toString()));
        }
    }

    private byte @Nullable [] bytes(SentryEnvelopeItem item) {
        try {
            return items.bytes(item);
        } catch (Throwable failure) { // as above
            log("An item could not be scrubbed and is left out", failure);
            return null;
        }
    }

    private byte[] line(Object header) throws IOException {
        return (text(header) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private String text(Object entity) throws IOException {
        StringWriter text = new StringWriter();
        JsonObjectWriter json = new JsonObjectWriter(text, options.getMaxDepth());
        ScrubbingWriter writer = new ScrubbingWriter(json, scrubber, options.getMaxDepth());
        writer.value(options.getLogger(), entity);
        if (!writer.isWhole()) {
            throw new IOException("written in part");
        }
        return text.toString();
    }

    // Its class alone: a message of the application's may hold what was to be scrubbed.
    private void log(String what, Throwable failure) {
        options.getLogger()
                .log(SentryLevel.WARNING, "%s: %s", what, failure.getClass().getName());
    }

    @Override
    public <T, R> @Nullable T deserializeCollection(
            Reader reader, Class<T> type, @Nullable JsonDeserializer<R> elements) {
        return reading.deserializeCollection(reader, type, elements);
    }

    @Override
    public <T> @Nullable T deserialize(Reader reader, Class<T> type) {
        return reading.deserialize(reader, type);
    }

    @Override
    public @Nullable SentryEnvelope deserializeEnvelope(InputStream in) {
        return reading.deserializeEnvelope(in);
    }
}
