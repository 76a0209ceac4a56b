package dev.vitals.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vitals.http.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

/** {@link ContextScope}, {@link LogKeys} and {@link TraceContexts}: what stands on a thread. */
class ContextScopeTest {
    private static final SpanContext SAMPLED = SpanContext.create(
            "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault());
    private static final Map<String, String> IN_THE_LOG = Map.of(
            "trace_id", SAMPLED.getTraceId(), "span_id", SAMPLED.getSpanId(), "trace_flags", "01", "tenant", "acme");

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void aContextStandsOnTheThreadUntilItIsClosed() {
        MDC.put("tenant", "acme");
        MDC.put("span_id", "of somebody else");
        Map<String, String> before = MDC.getCopyOfContextMap();

        try (var scope = enter(SAMPLED)) {
            assertThat(scope).isNotNull();
            assertThat(Span.current().getSpanContext()).isEqualTo(SAMPLED);
            assertThat(MDC.getCopyOfContextMap()).isEqualTo(IN_THE_LOG);
        }

        assertThat(Context.current()).isSameAs(Context.root());
        assertThat(MDC.getCopyOfContextMap()).isEqualTo(before);
    }

    @Test
    void aContextWithoutASpanTakesTheIdsOffUntilItIsClosed() {
        MDC.put("tenant", "acme");
        try (var outer = enter(SAMPLED)) {
            assertThat(outer).isNotNull();
            try (var inner = enter(SpanContext.getInvalid())) {
                assertThat(inner).isNotNull();
                assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("tenant");
                assertThat(TraceContexts.current()).isNull();
            }
            assertThat(MDC.getCopyOfContextMap()).isEqualTo(IN_THE_LOG);
        }
        assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("tenant");
    }

    @Test
    void aScopeThatTheApplicationLeavesOpenStaysOnNoThread() {
        try (var outer = enter(SAMPLED)) {
            assertThat(outer).isNotNull();
            Context within = Context.current();
            try (var inner = enter(SpanContext.getInvalid())) {
                assertThat(inner).isNotNull();
                leak(Context.current().with(Span.getInvalid()));
            }
            assertThat(Context.current()).isSameAs(within);
            leak(within.with(Span.wrap(SAMPLED)));
        }
        assertThat(Context.current()).isSameAs(Context.root());
        assertThat(TraceContexts.current()).isNull();
    }

    @SuppressWarnings("MustBeClosedChecker") // It is what this is about.
    private static void leak(Context context) {
        assertThat(context.makeCurrent()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"01, true", "00, false", "03, true", "02, false"})
    void theCurrentTraceIsTold(String flags, boolean sampled) {
        var span = SpanContext.create(
                SAMPLED.getTraceId(), SAMPLED.getSpanId(), TraceFlags.fromHex(flags, 0), TraceState.getDefault());
        try (var scope = enter(span)) {
            assertThat(scope).isNotNull();
            assertThat(TraceContexts.current())
                    .isEqualTo(new TraceContext(SAMPLED.getTraceId(), SAMPLED.getSpanId(), sampled));
            assertThat(MDC.get("trace_flags")).isEqualTo(flags);
        }
        assertThat(TraceContexts.current()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"a,a,b", "a,b,a", "b,a,a", "' ',a,b", "'',a,b", "a,'\t',b", "a,b,''"})
    void threeDifferentKeysAreWanted(String traceId, String spanId, String traceFlags) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogKeys(traceId, spanId, traceFlags))
                .withMessageContaining("three different keys");
    }

    @Test
    void theStandardKeysAreThoseOfTheSpecification() {
        assertThat(LogKeys.STANDARD).isEqualTo(new LogKeys("trace_id", "span_id", "trace_flags"));
    }

    private static ContextScope enter(SpanContext span) {
        return ContextScope.enter(Context.root().with(Span.wrap(span)), span, LogKeys.STANDARD);
    }
}
