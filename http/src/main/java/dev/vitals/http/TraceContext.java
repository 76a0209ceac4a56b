package dev.vitals.http;

/**
 * The span that a thread works for, as modules hand it to each other without knowing a tracing library: who needs one
 * takes a {@code Supplier} of it, whose result is null where nothing is traced. Ids are as in W3C Trace Context:
 * lower-case hexadecimal digits, 32 of the trace and 16 of the span.
 *
 * @param traceId the trace's id
 * @param spanId the span's id
 * @param sampled whether the trace is recorded, so that a reference to it leads somewhere
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {}
