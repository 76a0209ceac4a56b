package dev.vitals.errors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sentry.Breadcrumb;
import io.sentry.CheckIn;
import io.sentry.CheckInStatus;
import io.sentry.EnvelopeReader;
import io.sentry.ISerializer;
import io.sentry.ITransaction;
import io.sentry.JsonSerializer;
import io.sentry.Sentry;
import io.sentry.SentryEnvelope;
import io.sentry.SentryEnvelopeItem;
import io.sentry.SentryEvent;
import io.sentry.SentryItemType;
import io.sentry.SentryOptions;
import io.sentry.TransactionOptions;
import io.sentry.protocol.Request;
import io.sentry.protocol.SentryException;
import io.sentry.protocol.SentryId;
import io.sentry.protocol.SentryTransaction;
import io.sentry.protocol.User;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads what Sentry sends as it was on the wire. Whatever must not be there has "hunter2" in it. */
class ErrorTrackingTest {
    private final SentryOptions reading = new SentryOptions();
    private Receiver receiver;

    @BeforeEach
    void start() throws Exception {
        receiver = new Receiver();
        Sentry.init(options -> {
            options.setDsn(receiver.dsn());
            options.setEnableShutdownHook(false);
            options.setTracesSampleRate(1.0);
            options.setRelease("shop@1.2.3");
            options.setBeforeSend((event, hint) -> {
                event.setTag("hook", "ran");
                return event;
            });
            ErrorTracking.install(options);
        });
    }

    @AfterEach
    void stop() {
        Sentry.close();
        receiver.close();
    }

    @Test
    void noSecretOfAnEventIsOnTheWireAndAllElseIs() throws Exception {
        SentryEvent event = new SentryEvent(new IllegalStateException(
                "login failed, password=hunter2", new SecurityException("Bearer hunter2abc")));
        Request request = new Request();
        request.setUrl("https://shop.example/login?next=home");
        request.setQueryString("user=bob&sig=hunter2");
        request.setHeaders(new HashMap<>(Map.of("Authorization", "hunter2", "Accept", "text/html")));
        request.setCookies("sid=hunter2");
        request.setData(Map.of("user", "bob", "passphrase", "hunter2"));
        event.setRequest(request);

        SentryId id = Sentry.captureEvent(event, scope -> {
            scope.setExtra("apiKey", "hunter2");
            scope.setContexts("login", Map.of("clientSecret", List.of("hunter2", Map.of("a", "hunter2")), "step", 3));
            scope.setContexts("raw", Map.of("chars", "token=hunter2".toCharArray(), "holder", new Holder()));
            scope.setTag("session_token", "hunter2");
            scope.setTag("shard", "eu-7");
            User user = new User();
            user.setId("42");
            user.setData(new HashMap<>(Map.of("pwd", "hunter2")));
            scope.setUser(user);
            Breadcrumb crumb = Breadcrumb.http("https://u:hunter2@api.example/x?token=hunter2", "GET");
            crumb.setMessage("redis://:hunter2@cache:6379/0");
            scope.addBreadcrumb(crumb);
        });

        String wire = lastWith(SentryItemType.Event);
        assertThat(wire)
                .doesNotContain("hunter2")
                .contains(id.toString(), "sent_at", "trace_id", "publickey", "shop@1.2.3", "sentry.java")
                .contains("\"apiKey\":\"[redacted]\"", "\"Authorization\":\"[redacted]\"")
                .contains("\"session_token\":\"[redacted]\"", "\"clientSecret\":\"[redacted]\"")
                .contains("\"query_string\":\"user=bob&sig=[redacted]\"", "\"chars\":\"token=[redacted]\"")
                // What Sentry has filtered itself stands for no secret, and stays.
                .contains("https://[Filtered]:[Filtered]@api.example/x")
                .contains("redis://[redacted]@cache:6379/0", "https://shop.example/");
        SentryEvent sent =
                Objects.requireNonNull(item(wire, SentryItemType.Event).getEvent(new JsonSerializer(reading)));
        assertThat(sent.getEventId()).isEqualTo(id);
        assertThat(sent.getTag("shard")).isEqualTo("eu-7");
        assertThat(sent.getTag("hook")).isEqualTo("ran");
        assertThat(sent.getExceptions())
                .extracting(SentryException::getModule, SentryException::getType, SentryException::getValue)
                .containsExactly(
                        tuple("java.lang", "SecurityException", "Bearer [redacted]"),
                        tuple("java.lang", "IllegalStateException", "login failed, password=[redacted]"));
        assertThat(sent.getExceptions())
                .allSatisfy(exception -> assertThat(exception.getStacktrace().getFrames())
                        .anySatisfy(frame -> {
                            assertThat(frame.getModule()).isEqualTo(ErrorTrackingTest.class.getName());
                            assertThat(frame.getFunction()).isEqualTo("noSecretOfAnEventIsOnTheWireAndAllElseIs");
                        }));
    }

    /** Sentry turns what it does not know into JSON by reflection. */
    static final class Holder {
        @SuppressWarnings("unused") // read by reflection
        private final String dbPassword = "hunter2";
    }

    @Test
    void noSecretOfATransactionIsOnTheWireNorInTheEnvelopesHeader() throws Exception {
        ITransaction transaction = Sentry.startTransaction("GET /reset?token=hunter2", "http.server", bound());
        transaction.setData("db.password", "hunter2");
        transaction.startChild("db.query", "SET password='hunter2'").finish();
        Sentry.captureException(new IllegalStateException("inside"));
        transaction.finish();

        List<byte[]> all = receiver.until(envelope -> has(envelope, SentryItemType.Transaction));

        assertThat(all)
                .allSatisfy(envelope -> assertThat(new String(envelope, UTF_8)).doesNotContain("hunter2"));
        String wire = new String(all.get(all.size() - 1), UTF_8);
        SentryTransaction sent = Objects.requireNonNull(
                item(wire, SentryItemType.Transaction).getTransaction(new JsonSerializer(reading)));
        assertThat(sent.getTransaction()).isEqualTo("GET /reset?token=[redacted]");
        assertThat(sent.getSpans()).hasSize(1);
        assertThat(wire.lines().findFirst()).hasValueSatisfying(header -> assertThat(header)
                .contains("\"transaction\":\"GET /reset?token=[redacted]\"", "\"public_key\":\"publickey\""));
    }

    private static TransactionOptions bound() {
        TransactionOptions options = new TransactionOptions();
        options.setBindToScope(true);
        return options;
    }

    @Test
    void whatPassesNoHookIsScrubbedTooACheckInForInstance() throws Exception {
        CheckIn checkIn = new CheckIn("nightly password=hunter2", CheckInStatus.OK);
        checkIn.setEnvironment("prod");
        Sentry.captureCheckIn(checkIn);

        assertThat(lastWith(SentryItemType.CheckIn))
                .doesNotContain("hunter2")
                .contains(
                        "\"nightly password=[redacted]\"",
                        "\"status\":\"ok\"",
                        checkIn.getCheckInId().toString());
    }

    @Test
    void installingTwiceChangesNothing() {
        SentryOptions options = new SentryOptions();
        ErrorTracking.install(options);
        ISerializer first = options.getSerializer();
        int integrations = options.getIntegrations().size();

        ErrorTracking again = ErrorTracking.install(options);

        assertThat(options.getSerializer()).isSameAs(first).isInstanceOf(ScrubbingSerializer.class);
        assertThat(options.getIntegrations()).hasSize(integrations);
        assertThat(again).isSameAs(((ScrubbingSerializer) first).tracking());
    }

    private String lastWith(SentryItemType type) throws InterruptedException {
        List<byte[]> all = receiver.until(envelope -> has(envelope, type));
        return new String(all.get(all.size() - 1), UTF_8);
    }

    private boolean has(byte[] envelope, SentryItemType type) {
        return items(envelope).stream().anyMatch(item -> item.getHeader().getType() == type);
    }

    private SentryEnvelopeItem item(String envelope, SentryItemType type) {
        return items(envelope.getBytes(UTF_8)).stream()
                .filter(item -> item.getHeader().getType() == type)
                .findFirst()
                .orElseThrow();
    }

    // Sentry's own reader: it takes the lengths in the item headers at their word.
    private List<SentryEnvelopeItem> items(byte[] envelope) {
        try {
            SentryEnvelope read =
                    new EnvelopeReader(new JsonSerializer(reading)).read(new ByteArrayInputStream(envelope));
            List<SentryEnvelopeItem> items = new ArrayList<>();
            Objects.requireNonNull(read).getItems().forEach(items::add);
            return items;
        } catch (IOException notAnEnvelope) {
            throw new AssertionError(new String(envelope, UTF_8), notAnEnvelope);
        }
    }
}
