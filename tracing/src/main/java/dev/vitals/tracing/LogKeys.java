package dev.vitals.tracing;

import java.util.List;
import java.util.Set;

/**
 * The keys in SLF4J's MDC under which a trace is told while a thread works for it.
 *
 * @param traceId the key of the trace's id, 32 lower-case hexadecimal digits
 * @param spanId the key of the span's id, 16 lower-case hexadecimal digits
 * @param traceFlags the key of W3C Trace Context's flags, two hexadecimal digits: the last bit, 1, where the trace is sampled,
 *     the second, 2, where its id is random
 */
public record LogKeys(String traceId, String spanId, String traceFlags) {
    /**
     * The names of OpenTelemetry's specification for log formats without its data model.
     *
     * @see <a href="https://opentelemetry.io/docs/specs/otel/compatibility/logging_trace_context/">Trace Context in
     *     non-OTLP Log Formats</a>
     */
    public static final LogKeys STANDARD = new LogKeys("trace_id", "span_id", "trace_flags");

    /**
     * Names the keys.
     *
     * @param traceId the key of the trace's id
     * @param spanId the key of the span's id
     * @param traceFlags the key of the flags
     * @throws IllegalArgumentException if one is blank, or two are the same
     */
    public LogKeys {
        List<String> keys = List.of(traceId, spanId, traceFlags);
        if (keys.stream().anyMatch(String::isBlank) || Set.copyOf(keys).size() < keys.size()) {
            throw new IllegalArgumentException(
                    "three different keys of the MDC are wanted, none of them blank: " + keys);
        }
    }
}
