package dev.vitals.tracing;

import dev.vitals.http.Request;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request's headers as propagators read them. A header sent several times is one with commas (RFC 9110, 5.3): two
 * {@code traceparent}s are thereby none, as W3C Trace Context wants it. What is longer than 8,192 characters, or
 * baggage that is none, is not there.
 */
final class RequestHeaders implements TextMapGetter<Request> {
    static final RequestHeaders INSTANCE = new RequestHeaders();

    private static final int LONGEST = 8_192;

    private RequestHeaders() {}

    /** None: a request does not list its headers, and the propagators of W3C and B3 ask by name. */
    // Deprecated in the API of today, abstract in the ones that an application may still have.
    @SuppressWarnings("deprecation")
    @Override
    public Iterable<String> keys(Request request) {
        return List.of();
    }

    @Override
    public @Nullable String get(@Nullable Request request, String name) {
        if (request == null) {
            return null;
        }
        List<String> values = request.headers(name);
        int length = 0;
        for (String value : values) {
            length += value.length() + 1;
        }
        if (values.isEmpty() || length > LONGEST) {
            return null;
        }
        String joined = values.size() == 1 ? values.get(0) : String.join(",", values);
        return name.equalsIgnoreCase("baggage") && !BaggageHeader.isWellFormed(joined) ? null : joined;
    }
}
