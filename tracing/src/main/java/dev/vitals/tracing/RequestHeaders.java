package dev.vitals.tracing;

import dev.vitals.http.Request;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request's headers as propagators read them. A header sent several times is one with commas (RFC 9110, 5.3): two
 * {@code traceparent}s are thereby none, as W3C Trace Context wants it. What is too long, or is baggage that is none, is
 * not there.
 */
final class RequestHeaders implements TextMapGetter<Request> {
    static final RequestHeaders INSTANCE = new RequestHeaders();

    private static final int LONGEST = 8_192;
    /** Twice what must be passed on of a {@code tracestate} (W3C Trace Context, 3.3.1.5); some take it apart by regex. */
    private static final int LONGEST_CONTEXT = 1_024;

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
        if (values.isEmpty()) {
            return null;
        }
        int length = values.size() - 1;
        for (int i = 0; i < values.size(); i++) {
            length += values.get(i).length();
        }
        return switch (name) {
            case "baggage" -> {
                String baggage = length <= LONGEST ? joined(values) : null;
                yield baggage != null && BaggageHeader.isWellFormed(baggage) ? baggage : null;
            }
            case "traceparent", "tracestate", "b3" -> length <= LONGEST_CONTEXT ? joined(values) : null;
            default -> length <= LONGEST ? joined(values) : null;
        };
    }

    private static String joined(List<String> values) {
        return values.size() == 1 ? values.get(0) : String.join(",", values);
    }
}
