package dev.vitals.errors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sentry.Attachment;
import io.sentry.ISerializer;
import io.sentry.JsonSerializer;
import io.sentry.NoOpLogger;
import io.sentry.ProfileChunk;
import io.sentry.SentryEnvelope;
import io.sentry.SentryEnvelopeHeader;
import io.sentry.SentryEnvelopeItem;
import io.sentry.SentryEvent;
import io.sentry.SentryItemType;
import io.sentry.SentryOptions;
import io.sentry.protocol.Message;
import io.sentry.protocol.SentryId;
import io.sentry.protocol.ViewHierarchy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes as bytes: attachments, envelopes from a disk or from another SDK. Whatever must not get out has "hunter2" in it. */
class EnvelopeItemsTest {
    private final SentryOptions options = new SentryOptions();
    private final ErrorTracking tracking = ErrorTracking.install(options);
    private final ISerializer serializer = options.getSerializer();
    private final ISerializer bare = new JsonSerializer(new SentryOptions());

    @Test
    void attachmentsAreLeftOutAndCountedOnceHoweverOftenTheEnvelopeIsWritten() throws Exception {
        SentryEnvelope envelope = envelope(
                SentryEnvelopeItem.fromEvent(serializer, event("hello")),
                attachment(new Attachment("hunter2".getBytes(UTF_8), "hunter2.txt")),
                attachment(new Attachment(
                        new ViewHierarchy("hunter2", List.of()),
                        "view.json",
                        "application/json",
                        "event.view_hierarchy",
                        false)));

        byte[] wire = written(envelope);

        assertThat(written(envelope)).isEqualTo(wire);
        assertThat(new String(wire, UTF_8)).doesNotContain("hunter2");
        assertThat(read(wire)).extracting(item -> item.getHeader().getType()).containsExactly(SentryItemType.Event);
        assertThat(tracking.attachmentsLeftOut()).isEqualTo(2);
    }

    @Test
    void attachmentsThatAreAllowedAreSentAsTheyAreUnderAScrubbedName() throws Exception {
        SentryOptions own = new SentryOptions();
        ErrorTracking allowing = ErrorTracking.builder().sendAttachments().install(own);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        own.getSerializer()
                .serialize(envelope(attachment(new Attachment(new byte[] {1, 2, '\n', 3}, "token=hunter2"))), out);

        SentryEnvelopeItem sent = read(out.toByteArray()).get(0);
        assertThat(sent.getData()).containsExactly(1, 2, '\n', 3);
        assertThat(out.toString(UTF_8)).doesNotContain("hunter2");
        assertThat(allowing.attachmentsLeftOut()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"attachment", "profile", "replay_recording", "replay_video"})
    void whatCannotBeLookedIntoIsLeftOut(String type) throws Exception {
        assertThat(written(bytes(type, "{\"a\":\"hunter2\"}"))).asString(UTF_8).doesNotContain("hunter2");
        assertThat(tracking.attachmentsLeftOut()).isEqualTo(1);
    }

    @Test
    void aProfileWithATraceOfAnotherFormatBehindItIsLeftOut(@TempDir Path folder) throws Exception {
        Path trace = Files.writeString(folder.resolve("trace"), "hunter2");
        ProfileChunk chunk = new Planter(Canary.EMAIL).make(ProfileChunk.class);
        Field file = ProfileChunk.class.getDeclaredField("traceFile");
        file.setAccessible(true);
        file.set(chunk, trace.toFile());

        byte[] wire = written(envelope(SentryEnvelopeItem.fromPerfettoProfileChunk(chunk, serializer)));

        assertThat(wire).asString(UTF_8).doesNotContain("hunter2");
        assertThat(tracking.attachmentsLeftOut()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event",
                "transaction",
                "session",
                "check_in",
                "user_report",
                "feedback",
                "log",
                "trace_metric",
                "client_report",
                "profile_chunk",
                "replay_event",
                "span",
                "something_new"
            })
    void whatAnotherSdkHasWrittenIsScrubbedAndItsLengthIsRight(String type) throws Exception {
        SentryEnvelope envelope = bytes(
                type,
                "{\"message\":\"password=hunter2\",\"n\":1.50,\"big\":12345678901234567890,\"list\":[true,null,{\"pwd\":\"hunter2\"}],"
                        + "\"exception\":{\"values\":[{\"type\":\"TokenService\",\"value\":\"Bearer hunter2hunter2\"}]}}");

        byte[] wire = written(envelope);

        assertThat(read(wire)).hasSize(1);
        assertThat(new String(read(wire).get(0).getData(), UTF_8))
                .isEqualTo(
                        "{\"message\":\"password=[redacted]\",\"n\":1.50,\"big\":12345678901234567890,\"list\":[true,null,"
                                + "{\"pwd\":\"[redacted]\"}],\"exception\":{\"values\":[{\"type\":\"TokenService\","
                                + "\"value\":\"Bearer [redacted]\"}]}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"password=hunter2", "{\"message\":\"hunter2\"", "{\"a\":1}\n[\"hunter2\"]", "{\"a\":hunter2}"})
    void whatIsNoJsonIsLeftOutAndCountedOnce(String data) throws Exception {
        SentryEnvelope envelope = bytes("event", data);

        assertThat(written(envelope)).asString(UTF_8).doesNotContain("hunter2");
        written(envelope);
        assertThat(tracking.skeletons()).isEqualTo(1);
    }

    @Test
    void deepJsonDoesNoHarm() throws Exception {
        SentryEnvelope envelope = bytes("event", "{\"a\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}");

        assertThat(new String(read(written(envelope)).get(0).getData(), UTF_8))
                .contains("[cut]")
                .hasSizeLessThan(1000);
    }

    @Test
    void whatWeHaveWrittenStaysAsItIsByteForByte() throws Exception {
        SentryEvent event = event("card 4111 1111 1111 1111, password=hunter2 \u2028 \"ä\" </script>");
        event.setExtra("time", 1_732_250_000.123456);
        event.setExtra("small", 1e-7);
        event.setExtra("json", "{\"a\":[1,{\"token\":\"hunter2\"}]}");
        event.setExtra("jane@corp-mail.org", Map.of("url", "https://u:hunter2@h.org/?token=hunter2&a=%20"));
        event.setExtra("card", 4111111111111111L);
        byte[] first = written(envelope(SentryEnvelopeItem.fromEvent(serializer, event)));
        assertThat(new String(first, UTF_8)).doesNotContain("hunter2", "jane", "4111");

        // From the disk, as Sentry does after an outage.
        SentryEnvelope read = serializer.deserializeEnvelope(new ByteArrayInputStream(first));

        assertThat(written(read)).isEqualTo(first);
    }

    @Test
    void whatOthersHavePutIntoHeadersIsScrubbed() throws Exception {
        SentryEnvelope envelope = read(
                "{\"event_id\":\"9ec79c33ec9942ab8353589fcb2e04dc\",\"note\":\"password=hunter2\"}\n"
                        + "{\"type\":\"event\",\"length\":2,\"filename\":\"password=hunter2\",\"note\":\"password=hunter2\"}\n{}");

        assertThat(written(envelope))
                .asString(UTF_8)
                .doesNotContain("hunter2")
                .contains("\"event_id\":\"9ec79c33ec9942ab8353589fcb2e04dc\"");
    }

    private static SentryEvent event(String message) {
        SentryEvent event = new SentryEvent();
        Message said = new Message();
        said.setFormatted(message);
        event.setMessage(said);
        return event;
    }

    private SentryEnvelopeItem attachment(Attachment attachment) {
        return SentryEnvelopeItem.fromAttachment(bare, NoOpLogger.getInstance(), attachment, 1000);
    }

    private static SentryEnvelope envelope(SentryEnvelopeItem... items) {
        return new SentryEnvelope(new SentryEnvelopeHeader(new SentryId()), List.of(items));
    }

    private SentryEnvelope bytes(String type, String data) {
        return read("{}\n{\"type\":\"" + type + "\",\"length\":" + data.getBytes(UTF_8).length + "}\n" + data + "\n");
    }

    private SentryEnvelope read(String wire) {
        return serializer.deserializeEnvelope(new ByteArrayInputStream(wire.getBytes(UTF_8)));
    }

    private byte[] written(SentryEnvelope envelope) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        serializer.serialize(envelope, out);
        return out.toByteArray();
    }

    private List<SentryEnvelopeItem> read(byte[] wire) {
        return (List<SentryEnvelopeItem>)
                bare.deserializeEnvelope(new ByteArrayInputStream(wire)).getItems();
    }
}
