package dev.vitals.http;

import org.jspecify.annotations.Nullable;

/**
 * How a request ended.
 *
 * @param request the request
 * @param route the low-cardinality route that served it, for example {@code /orders/{id}}; null where none matched.
 *     Never a raw path
 * @param status the HTTP status sent; 500 where the application threw before it sent one, 0 where none is known
 * @param error what the application threw, or null
 * @param durationNanos from the request's start to its end, in nanoseconds
 */
public record Outcome(
        Request request,
        @Nullable String route,
        int status,
        @Nullable Throwable error,
        long durationNanos) {}
