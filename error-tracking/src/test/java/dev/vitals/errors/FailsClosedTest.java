package dev.vitals.errors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.scrubbing.Kind;
import dev.vitals.scrubbing.Scrubber;
import io.sentry.CheckIn;
import io.sentry.CheckInStatus;
import io.sentry.ISerializer;
import io.sentry.JsonSerializable;
import io.sentry.JsonSerializer;
import io.sentry.SentryEnvelope;
import io.sentry.SentryEnvelopeHeader;
import io.sentry.SentryEnvelopeItem;
import io.sentry.SentryEvent;
import io.sentry.SentryItemType;
import io.sentry.SentryLevel;
import io.sentry.SentryOptions;
import io.sentry.SpanContext;
import io.sentry.SpanId;
import io.sentry.protocol.Message;
import io.sentry.protocol.SentryException;
import io.sentry.protocol.SentryId;
import io.sentry.protocol.SentryStackFrame;
import io.sentry.protocol.SentryStackTrace;
import io.sentry.protocol.SentryTransaction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever must not get out has "hunter2" in it. */
class FailsClosedTest {
    private final SentryOptions options = new SentryOptions();
    private final ErrorTracking tracking = ErrorTracking.install(options);
    private final ISerializer serializer = options.getSerializer();

    /** What an application may put into a report. */
    enum Broken {
        GETTER {
            @Override
            Object value() {
                return new AbstractMap<String, Object>() {
                    @Override
                    public Set<Entry<String, Object>> entrySet() {
                        throw new IllegalStateException("hunter2");
                    }
                };
            }
        },
        WRITER {
            @Override
            Object value() {
                return (JsonSerializable) (writer, logger) -> {
                    writer.beginObject().name("note").value("half");
                    throw new IOException("hunter2");
                };
            }
        },
        UNBALANCED {
            @Override
            Object value() {
                return (JsonSerializable)
                        (writer, logger) -> writer.beginArray().value("hunter2");
            }
        },
        WITHOUT_END {
            @Override
            Object value() {
                return new JsonSerializable() {
                    @Override
                    @SuppressWarnings("InfiniteRecursion") // that is what it is about
                    public void serialize(io.sentry.ObjectWriter writer, io.sentry.ILogger logger) throws IOException {
                        writer.beginArray();
                        serialize(writer, logger);
                    }
                };
            }
        };

        abstract Object value();
    }

    @ParameterizedTest
    @EnumSource(Broken.class)
    void ofAnErrorThatCannotBeWrittenASkeletonIsSent(Broken broken) throws Exception {
        SentryEvent event = event();
        event.setExtra("order", broken.value());

        String json = written(event);

        SentryEvent sent =
                new JsonSerializer(new SentryOptions()).deserialize(new java.io.StringReader(json), SentryEvent.class);
        assertThat(json).doesNotContain("hunter2", "half", "order");
        assertThat(sent.getEventId()).isEqualTo(event.getEventId());
        assertThat(sent.getTimestamp()).isEqualTo(event.getTimestamp());
        assertThat(sent.getLevel()).isEqualTo(SentryLevel.FATAL);
        assertThat(sent.getPlatform()).isEqualTo("java");
        assertThat(sent.getRelease()).isEqualTo("shop@1.2.3");
        assertThat(sent.getEnvironment()).isEqualTo("prod");
        assertThat(sent.getContexts().getTrace().getTraceId())
                .isEqualTo(event.getContexts().getTrace().getTraceId());
        assertThat(sent.getContexts().getTrace().getSpanId())
                .isEqualTo(event.getContexts().getTrace().getSpanId());
        assertThat(sent.getTag("vitals.skeletons")).isEqualTo("1");
        SentryException exception = sent.getExceptions().get(0);
        assertThat(exception.getType()).isEqualTo("PaymentException");
        assertThat(exception.getModule()).isEqualTo("com.acme.shop");
        assertThat(exception.getValue()).isNull();
        SentryStackFrame frame = exception.getStacktrace().getFrames().get(0);
        assertThat(frame.getModule()).isEqualTo("com.acme.shop.Checkout");
        assertThat(frame.getFunction()).isEqualTo("lambda$pay$0");
        assertThat(frame.getFilename()).isEqualTo("Checkout.java");
        assertThat(frame.getLineno()).isEqualTo(42);
        assertThat(frame.isInApp()).isTrue();
        assertThat(tracking.skeletons()).isEqualTo(1);
    }

    @Test
    void anObjectThatSentryGivesUpOnCostsThatFieldAlone() throws Exception {
        SentryEvent event = new SentryEvent();
        event.setExtra("mute", new Mute());
        event.setExtra("shard", "eu-7");

        assertThat(written(event)).doesNotContain("hunter2").contains("\"mute\":null", "\"shard\":\"eu-7\"");
        assertThat(tracking.skeletons()).isZero();
    }

    private static final class Mute {
        @Override
        public String toString() {
            throw new IllegalStateException("hunter2");
        }
    }

    private static SentryEvent event() {
        SentryEvent event = new SentryEvent();
        event.setLevel(SentryLevel.FATAL);
        event.setPlatform("java");
        event.setRelease("shop@1.2.3");
        event.setEnvironment("prod");
        event.setTransaction("hunter2");
        Message message = new Message();
        message.setMessage("hunter2");
        event.setMessage(message);
        event.getContexts().setTrace(trace());
        SentryStackFrame frame = new SentryStackFrame();
        frame.setModule("com.acme.shop.Checkout");
        frame.setFunction("lambda$pay$0");
        frame.setFilename("Checkout.java");
        frame.setLineno(42);
        frame.setInApp(true);
        frame.setVars(Map.of("card", "hunter2"));
        SentryException exception = new SentryException();
        exception.setType("PaymentException");
        exception.setModule("com.acme.shop");
        exception.setValue("hunter2");
        exception.setStacktrace(new SentryStackTrace(List.of(frame)));
        event.setExceptions(List.of(exception));
        return event;
    }

    private static SpanContext trace() {
        return new SpanContext(new SentryId(), new SpanId(), "hunter2", null, null);
    }

    @Test
    void aSkeletonHasNoTextWhereNamesShouldBe() throws Exception {
        SentryEvent event = event();
        SentryException exception = event.getExceptions().get(0);
        exception.setType("could not log hunter2 in");
        exception.setModule("jane@corp-mail.org");
        event.setExtra("order", Broken.GETTER.value());

        assertThat(written(event))
                .doesNotContain("hunter2", "jane")
                .contains("\"type\":\"[unscrubbable]\",\"module\":\"[email]\"");
    }

    @Test
    void ofATransactionToo() throws Exception {
        SentryTransaction transaction = transaction();
        transaction.setExtra("order", Broken.GETTER.value());

        String json = written(transaction);

        SentryTransaction sent = new JsonSerializer(new SentryOptions())
                .deserialize(new java.io.StringReader(json), SentryTransaction.class);
        assertThat(json).doesNotContain("hunter2").contains("\"type\":\"transaction\"");
        assertThat(sent.getEventId()).isEqualTo(transaction.getEventId());
        assertThat(sent.getStartTimestamp()).isEqualTo(1_732_250_000.25);
        assertThat(sent.getTimestamp()).isEqualTo(1_732_250_001.5);
        assertThat(sent.getContexts().getTrace().getSpanId())
                .isEqualTo(transaction.getContexts().getTrace().getSpanId());
        assertThat(tracking.skeletons()).isEqualTo(1);
    }

    private static SentryTransaction transaction() {
        SentryTransaction transaction = new SentryTransaction(
                "hunter2",
                1_732_250_000.25,
                1_732_250_001.5,
                new ArrayList<>(),
                new HashMap<>(),
                new io.sentry.protocol.TransactionInfo("custom"));
        transaction.getContexts().setTrace(trace());
        return transaction;
    }

    @Test
    void whatHasNoSkeletonIsLeftOutOfItsEnvelopeAndCounted() throws Exception {
        CheckIn broken = new CheckIn("nightly", CheckInStatus.OK);
        broken.setUnknown(Map.of("note", Broken.GETTER.value()));
        SentryEnvelope envelope = new SentryEnvelope(
                new SentryEnvelopeHeader(new SentryId()),
                List.of(
                        SentryEnvelopeItem.fromCheckIn(serializer, broken),
                        SentryEnvelopeItem.fromCheckIn(serializer, new CheckIn("hourly", CheckInStatus.OK))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        serializer.serialize(envelope, out);

        SentryEnvelope sent = serializer.deserializeEnvelope(new ByteArrayInputStream(out.toByteArray()));
        assertThat(sent.getItems()).hasSize(1);
        SentryEnvelopeItem item = sent.getItems().iterator().next();
        assertThat(item.getHeader().getType()).isEqualTo(SentryItemType.CheckIn);
        assertThat(new String(item.getData(), UTF_8)).contains("hourly");
        assertThat(tracking.skeletons()).isEqualTo(1);
    }

    @Test
    void nothingIsWrittenInPart() {
        CheckIn broken = new CheckIn("nightly", CheckInStatus.OK);
        broken.setUnknown(Map.of("note", Broken.WRITER.value()));
        StringWriter out = new StringWriter();

        assertThatThrownBy(() -> serializer.serialize(broken, out))
                .isInstanceOf(IOException.class)
                .hasNoCause()
                .message()
                .doesNotContain("hunter2");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void whatIsNotClosedIsNotWritten() {
        JsonSerializable open = (writer, logger) -> writer.beginArray().value("half");
        StringWriter out = new StringWriter();

        assertThatThrownBy(() -> serializer.serialize(open, out)).isInstanceOf(IOException.class);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anEnvelopesHeaderThatCannotBeWrittenKeepsItsId() throws Exception {
        SentryId id = new SentryId();
        SentryEnvelopeHeader header = new SentryEnvelopeHeader(id);
        header.setUnknown(Map.of("note", Broken.WRITER.value()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        serializer.serialize(
                new SentryEnvelope(header, List.of(SentryEnvelopeItem.fromEvent(serializer, event()))), out);

        assertThat(out.toString(UTF_8)).startsWith("{\"event_id\":\"" + id + "\"}\n{");
    }

    @Test
    void aDetectorOfTheApplicationsThatThrowsCostsItsFieldAlone() throws Exception {
        SentryOptions own = new SentryOptions();
        ErrorTracking tracking = ErrorTracking.builder()
                .scrubber(Scrubber.builder()
                        .detector(Kind.of("employee"), "EMP-", window -> {
                            throw new IllegalStateException("hunter2");
                        })
                        .build())
                .install(own);
        SentryEvent event = new SentryEvent();
        event.setExtra("employee", "hunter2 EMP-1");
        event.setExtra("shard", "eu-7");
        StringWriter out = new StringWriter();

        own.getSerializer().serialize(event, out);

        assertThat(out.toString())
                .contains("\"employee\":\"[unscrubbable]\"", "\"shard\":\"eu-7\"")
                .doesNotContain("hunter2");
        assertThat(tracking.skeletons()).isZero();
    }

    @Test
    void aTreeThatHoldsItselfManyTimesOverEnds() throws Exception {
        List<Object> cyclic = new ArrayList<>();
        cyclic.addAll(Arrays.asList(cyclic, cyclic, cyclic));
        SentryEvent event = event();
        event.setExtra("tree", cyclic);
        event.setExtra("endless", Collections.nCopies(Integer.MAX_VALUE, "x"));

        assertThat(written(event)).contains("[cut]").hasSizeLessThan(16 << 20);
    }

    private String written(Object report) throws Exception {
        StringWriter out = new StringWriter();
        serializer.serialize(report, out);
        return out.toString();
    }
}
