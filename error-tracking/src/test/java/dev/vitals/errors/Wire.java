package dev.vitals.errors;

import io.sentry.CheckIn;
import io.sentry.EnvelopeReader;
import io.sentry.JsonDeserializer;
import io.sentry.JsonObjectReader;
import io.sentry.JsonSerializer;
import io.sentry.Sentry;
import io.sentry.SentryEnvelope;
import io.sentry.SentryEnvelopeItem;
import io.sentry.SentryEvent;
import io.sentry.SentryItemType;
import io.sentry.SentryOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A Sentry with Vitals in it, and what it sends, read as Sentry reads it. */
final class Wire implements AutoCloseable {
    final ErrorTracking tracking;
    private final SentryOptions reading = new SentryOptions();
    private final Receiver receiver;

    Wire(ErrorTrackingBuilder builder, Consumer<SentryOptions> more) throws IOException {
        receiver = new Receiver();
        var options = new SentryOptions();
        options.setDsn(receiver.dsn());
        options.setEnableShutdownHook(false);
        options.setEnableUncaughtExceptionHandler(false);
        more.accept(options);
        tracking = builder.install(options);
        Sentry.init(options);
    }

    static Wire open() throws IOException {
        return new Wire(ErrorTracking.builder(), options -> {});
    }

    /** The next event. */
    SentryEvent event() throws Exception {
        return next(SentryItemType.Event, new SentryEvent.Deserializer());
    }

    CheckIn checkIn() throws Exception {
        return next(SentryItemType.CheckIn, new CheckIn.Deserializer());
    }

    /** All events up to one that is sent now. */
    List<String> messagesUntilNow() throws Exception {
        var messages = new ArrayList<String>();
        Sentry.captureMessage("now");
        for (String message = message(event()); !"now".equals(message); message = message(event())) {
            messages.add(message);
        }
        return messages;
    }

    static String message(SentryEvent event) {
        if (event.getExceptions() != null && !event.getExceptions().isEmpty()) {
            return String.valueOf(
                    event.getExceptions().get(event.getExceptions().size() - 1).getValue());
        }
        return event.getMessage() == null
                ? ""
                : String.valueOf(event.getMessage().getFormatted());
    }

    private <T> T next(SentryItemType type, JsonDeserializer<T> deserializer) throws Exception {
        List<byte[]> seen = receiver.until(envelope -> item(envelope, type) != null);
        SentryEnvelopeItem item = Objects.requireNonNull(item(seen.get(seen.size() - 1), type));
        var reader = new InputStreamReader(new ByteArrayInputStream(item.getData()), StandardCharsets.UTF_8);
        return deserializer.deserialize(new JsonObjectReader(reader), reading.getLogger());
    }

    private @Nullable SentryEnvelopeItem item(byte[] envelope, SentryItemType type) {
        try {
            SentryEnvelope read =
                    new EnvelopeReader(new JsonSerializer(reading)).read(new ByteArrayInputStream(envelope));
            for (SentryEnvelopeItem item : Objects.requireNonNull(read).getItems()) {
                if (item.getHeader().getType() == type) {
                    return item;
                }
            }
            return null;
        } catch (IOException notAnEnvelope) {
            throw new AssertionError(notAnEnvelope);
        }
    }

    @Override
    public void close() {
        Sentry.close();
        receiver.close();
    }
}
