package dev.vitals.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.scrubbing.Scrubber;
import io.sentry.Breadcrumb;
import io.sentry.ISerializer;
import io.sentry.SentryAttribute;
import io.sentry.SentryAttributes;
import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import io.sentry.SentryOptions;
import io.sentry.SpanContext;
import io.sentry.SpanId;
import io.sentry.protocol.Request;
import io.sentry.protocol.SentryId;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a field's name and its place say of what it holds. */
class FieldsTest {
    private final Fields fields = new Fields(Scrubber.standard(), false);
    private final SentryOptions options = new SentryOptions();
    private final ErrorTracking tracking = ErrorTracking.install(options);
    private final ISerializer serializer = options.getSerializer();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            url                | /reset?card=4111+1111+1111+1111      | /reset?card=[card]
            query_string       | user=bob&sig=hunter2                 | user=bob&sig=[redacted]
            fragment           | access_token=hunter2                 | access_token=[redacted]
            http.query         | q=jane%40corp-mail.org               | q=[email]
            db.statement       | SELECT * FROM u WHERE name = 'Jane'  | SELECT * FROM u WHERE name = ?
            db.query.text      | UPDATE u SET pin = 1234              | UPDATE u SET pin = ?
            data               | {"pin":1,"password":"hunter2"}       | {"pin":1,"password":"[redacted]"}
            note               | [{"apiKey":42}]                      | [{"apiKey":"[redacted]"}]
            phone              | 0431 199794                          | [phone]
            value              | 0431 199794                          | 0431 199794
            release            | shop@2.14.0.3                        | shop@2.14.0.3
            release            | 2.14.0.3                             | 2.14.0.3
            release            | jane@corp-mail.org                   | [email]
            release            | jane@1corp.org                       | [email]
            release            | shop@2.14.0.3+password=hunter2       | shop@2.14.0.3+password=[redacted]
            trace_id           | 9ec79c33ec9942ab8353589fcb2e04dc     | 9ec79c33ec9942ab8353589fcb2e04dc
            span_id            | af93cd6d14984eed                     | af93cd6d14984eed
            trace_id           | jane@corp-mail.org                   | [email]
            message            | [main] token=hunter2                 | [main] token=[redacted]
            """)
    void itsNameSaysHow(String name, String text, String expected) {
        assertThat(fields.text(Place.REPORT, name, text)).isEqualTo(expected);
        assertThat(fields.text(Place.REPORT, name, expected)).isEqualTo(expected);
    }

    @Test
    void anIdThatReadsAsACardsNumberBecomesTheSameOtherOneEverywhere() {
        String other = fields.text(Place.REPORT, "span_id", "4111111111111111");

        assertThat(other).matches("[0-9a-f]{16}").isNotEqualTo("4111111111111111");
        assertThat(fields.text(Place.REPORT, "parent_span_id", "4111111111111111"))
                .isEqualTo(other);
        assertThat(fields.text(Place.REPORT, "parent_span_id", other)).isEqualTo(other);
        assertThat(new Fields(Scrubber.standard(), false).text(Place.REPORT, "span_id", "4111111111111111"))
                .as("another process has another")
                .isNotEqualTo(other);
    }

    @Test
    void numbersThatAreSecretsAreFoundHoweverTheyAreHeld() throws Exception {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("long", 4111111111111111L);
        data.put("double", 4111111111111111.0);
        data.put("decimal", new BigDecimal("4111111111111111"));
        data.put("big", new BigInteger("4111111111111111"));
        data.put("atomic", new AtomicLong(4111111111111111L));
        data.put("longs", new long[] {4111111111111111L});
        data.put("ssn", 219099999);
        data.put("phone", 4155552671L);
        data.put("custom", new Number() {
            @Override
            public String toString() {
                return "password=hunter2";
            }

            @Override
            public int intValue() {
                return 0;
            }

            @Override
            public long longValue() {
                return 0;
            }

            @Override
            public float floatValue() {
                return 0;
            }

            @Override
            public double doubleValue() {
                return 0;
            }
        });

        assertThat(serializer.serialize(data))
                .isEqualTo("{\"long\":\"[card]\",\"double\":\"[card]\",\"decimal\":\"[card]\",\"big\":\"[card]\","
                        + "\"atomic\":\"[card]\",\"longs\":[\"[card]\"],\"ssn\":\"[us-ssn]\",\"phone\":\"[phone]\","
                        + "\"custom\":\"password=[redacted]\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"timestamp\":1732250000,\"start_timestamp\":1732250000.123456}",
                "{\"timestamp\":1732250000123,\"nanos\":1732250000123456789,\"micros\":1732250000123456}",
                "{\"thread_id\":140123456789012,\"id\":123456789}",
                "{\"memory_size\":17179869184,\"free_storage\":1099511627776}",
                "{\"elapsed_ns\":86400000000000,\"a\":-1.5E-7,\"b\":1e300}",
                "{\"order\":1234567,\"count\":42,\"ratio\":0.25,\"max\":9223372036854775807}"
            })
    void timesSizesAndThreadsAreNoSecrets(String json) throws Exception {
        Object tree = JsonTree.read(json, 100);

        assertThat(written(java.util.Objects.requireNonNull(tree))).isEqualTo(json);
    }

    @Test
    void aSizeOfSentrysOwnMayBeAsLongAsACardsNumber() throws Exception {
        SentryEvent event = new SentryEvent();
        var device = new io.sentry.protocol.Device();
        device.setStorageSize(36_148_900_647_913L);
        event.getContexts().setDevice(device);

        assertThat(fields.number(Place.REPORT, "any", 36_148_900_647_913L)).isEqualTo("[card]");
        assertThat(written(event)).contains("\"storage_size\":36148900647913");
    }

    @Test
    void whatIsNoNumberInJsonIsAText() throws Exception {
        SentryEvent event = new SentryEvent();
        event.setExtra("nan", Double.NaN);
        event.setExtra("infinite", Float.NEGATIVE_INFINITY);

        assertThat(written(event)).contains("\"nan\":\"NaN\"", "\"infinite\":\"-Infinity\"");
        assertThat(tracking.skeletons()).isZero();
    }

    @Test
    void statementsOfSpansAndBreadcrumbsLoseTheirLiterals() throws Exception {
        SentryEvent event = new SentryEvent();
        SpanContext span = new SpanContext(new SentryId(), new SpanId(), "db.sql.query", null, null);
        span.setDescription("SELECT a FROM b WHERE c = 'Jane' AND d = 7");
        event.getContexts().setTrace(span);
        Breadcrumb crumb = Breadcrumb.query("DELETE FROM b WHERE c = 'Jane'");
        crumb.setData("query", "INSERT INTO b VALUES ('Jane')");
        Breadcrumb other = Breadcrumb.info("said 'Jane'");
        event.setBreadcrumbs(List.of(crumb, other));

        assertThat(written(event))
                .contains(
                        "SELECT a FROM b WHERE c = ? AND d = ?",
                        "DELETE FROM b WHERE c = ?",
                        "INSERT INTO b VALUES (?)",
                        "said 'Jane'");
    }

    @Test
    void statementsAreKnownByWhatStandsBehindThemToo() throws Exception {
        Object tree = JsonTree.read("{\"spans\":[{\"description\":\"SELECT 'Jane'\",\"op\":\"db\"}]}", 100);

        assertThat(written(java.util.Objects.requireNonNull(tree))).contains("SELECT ?");
    }

    @Test
    void theElementsOfAListGoByItsName() throws Exception {
        Object tree =
                JsonTree.read("{\"phone\":[{\"x\":1},\"0431 199794\",[\"0431 199794\"]],\"x\":\"0431 199794\"}", 100);

        assertThat(written(java.util.Objects.requireNonNull(tree)))
                .isEqualTo("{\"phone\":[{\"x\":1},\"[phone]\",[\"[phone]\"]],\"x\":\"0431 199794\"}");
    }

    @Test
    void headersAreReadUnderTheirNames() throws Exception {
        SentryEvent event = new SentryEvent();
        Request request = new Request();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Api-Key", "hunter2");
        headers.put("Referer", "/reset?redirect=%2Fx%3Ftoken%3Dhunter2");
        headers.put("User-Agent", "Chrome/142.0.0.0");
        headers.put("X-Forwarded-For", "83.41.3.5");
        headers.put("Cookie", "sid=hunter2");
        request.setHeaders(headers);
        request.setData("{\"card\":4111111111111111,\"note\":\"hi\"}");
        event.setRequest(request);

        assertThat(written(event))
                .doesNotContain("hunter2")
                .contains("\"User-Agent\":\"Chrome/142.0.0.0\"", "\"X-Forwarded-For\":\"[ipv4]\"")
                .contains("{\\\"card\\\":\\\"[card]\\\",\\\"note\\\":\\\"hi\\\"}");
    }

    @Test
    void anAttributeOfALogGoesByItsNameAndKeepsItsForm() throws Exception {
        SentryAttributes attributes = SentryAttributes.of(
                SentryAttribute.stringAttribute("password", "hunter2"),
                SentryAttribute.stringAttribute("db.statement", "SELECT 'Jane'"),
                SentryAttribute.integerAttribute("phone", 1));
        Map<String, Object> log = new LinkedHashMap<>();
        Map<String, Object> written = new LinkedHashMap<>();
        attributes.getAttributes().forEach((name, value) -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("type", "string");
            one.put("value", value.getValue());
            written.put(name, one);
        });
        log.put("body", "hi");
        log.put("level", SentryLevel.INFO);
        log.put("attributes", written);

        assertThat(serializer.serialize(log))
                .contains("\"password\":{\"type\":\"string\",\"value\":\"[redacted]\"}")
                .contains("\"db.statement\":{\"type\":\"string\",\"value\":\"SELECT ?\"}");
    }

    private String written(Object report) throws Exception {
        StringWriter out = new StringWriter();
        serializer.serialize(report, out);
        return out.toString();
    }
}
