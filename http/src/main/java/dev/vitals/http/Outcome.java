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
 * @param kind what kind of end it was, so that what measures quality can leave the others out
 * @param durationNanos from the request's start to its end, in nanoseconds
 */
public record Outcome(
        Request request,
        @Nullable String route,
        int status,
        @Nullable Throwable error,
        Kind kind,
        long durationNanos) {
    /** What kind of end a request had. */
    public enum Kind {
        /** Answered, well or badly. */
        ORDINARY,
        /** Open for as long as somebody listens (server-sent events, a WebSocket): how long it took says nothing. */
        STREAMING,
        /** The client went away before it had its answer: neither the application's success nor its failure. */
        ABORTED;

        /**
         * {@return what kind of end a request had, for a web server's adapter} An answer that stays open ends when its
         * client goes: that is streaming. A refusal is none, whatever its type: it was answered.
         *
         * @param status the status sent: 101 is streaming
         * @param contentType the response's media type, or null: {@code text/event-stream} and
         *     {@code multipart/x-mixed-replace} are streaming where the status is below 400
         * @param clientLeft whether the client was seen to go away before it had its answer
         */
        public static Kind of(int status, @Nullable String contentType, boolean clientLeft) {
            if (status == 101 || (status < 400 && contentType != null && staysOpen(contentType))) {
                return STREAMING;
            }
            return clientLeft ? ABORTED : ORDINARY;
        }

        private static boolean staysOpen(String contentType) {
            return startsWith(contentType, "text/event-stream") || startsWith(contentType, "multipart/x-mixed-replace");
        }

        private static boolean startsWith(String contentType, String type) {
            return contentType.regionMatches(true, 0, type, 0, type.length());
        }
    }
}
