package dev.vitals.errors;

import dev.vitals.errors.Counts.Loss;
import io.sentry.ISerializer;
import io.sentry.JsonDeserializer;
import io.sentry.JsonObjectWriter;
import io.sentry.SentryEnvelope;
import io.sentry.SentryEnvelopeItem;
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
 * envelope written first, each by {@link #serialize(Object, Writer)}, and then the envelope around their bytes.
 */
final class ScrubbingSerializer implements ISerializer {
    private final ISerializer reading;
    private final SentryOptions options;
    private final FieldScrubber scrubber;
    private final ErrorTracking tracking;

    ScrubbingSerializer(ISerializer reading, SentryOptions options, FieldScrubber scrubber, ErrorTracking tracking) {
        this.reading = reading;
        this.options = options;
        this.scrubber = scrubber;
        this.tracking = tracking;
    }

    /** What this serializer is part of. */
    ErrorTracking tracking() {
        return tracking;
    }

    @Override
    public <T> void serialize(T entity, Writer writer) throws IOException {
        write(entity, writer);
        writer.flush();
    }

    @Override
    public String serialize(Map<String, Object> data) throws IOException {
        StringWriter text = new StringWriter();
        write(data, text);
        return text.toString();
    }

    /** The envelope's own headers hold texts of the application's too, such as a transaction's name. */
    @Override
    public void serialize(SentryEnvelope envelope, OutputStream out) throws IOException {
        writeLine(envelope.getHeader(), out);
        @Nullable Loss leftOut = Loss.RATELIMIT_BACKOFF; // Sentry has taken it out of the envelope by now
        for (SentryEnvelopeItem item : envelope.getItems()) {
            byte[] data = dataOf(item);
            if (item.getHeader().getType() == SentryItemType.Event) {
                leftOut = data == null ? Loss.SEND_ERROR : null;
            }
            if (data != null) {
                writeLine(item.getHeader(), out);
                out.write(data);
                out.write('\n');
            }
        }
        SentryId event = envelope.getHeader().getEventId();
        if (leftOut != null && event != null) {
            tracking.counts().leftOut(event, leftOut);
        }
        out.flush();
    }

    private byte @Nullable [] dataOf(SentryEnvelopeItem item) {
        try {
            return item.getData();
        } catch (Exception failure) {
            options.getLogger().log(SentryLevel.ERROR, "Failed to create envelope item. Dropping it.", failure);
            return null;
        }
    }

    private void writeLine(Object header, OutputStream out) throws IOException {
        StringWriter line = new StringWriter();
        write(header, line);
        out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    private void write(Object entity, Writer writer) throws IOException {
        JsonObjectWriter json = new JsonObjectWriter(writer, options.getMaxDepth());
        new ScrubbingWriter(json, scrubber, options.getMaxDepth()).value(options.getLogger(), entity);
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
