package dev.vitals.tracing;

import dev.vitals.http.ClientOutcome;
import dev.vitals.scrubbing.Scrubber;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** What a client span says, by the semantic conventions for HTTP spans: at its start all that samplers may read. */
final class ClientAttributes {
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> METHOD_ORIGINAL = AttributeKey.stringKey("http.request.method_original");
    private static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
    private static final AttributeKey<Long> STATUS_CODE = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> PROTOCOL_VERSION = AttributeKey.stringKey("network.protocol.version");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private static final String OTHER_METHOD = "_OTHER";
    private static final int LONGEST_METHOD = 64;
    private static final int LONGEST_URL = 2_048;

    private final Scrubber scrubber;

    ClientAttributes(Scrubber scrubber) {
        this.scrubber = scrubber;
    }

    /** {@code METHOD}; HTTP stands for a method that is not known. */
    static String spanName(HttpRequest request) {
        return Conventions.METHODS.contains(request.method()) ? request.method() : "HTTP";
    }

    void atStart(HttpRequest request, SpanBuilder span) {
        String method = request.method();
        if (Conventions.METHODS.contains(method)) {
            span.setAttribute(METHOD, method);
        } else {
            span.setAttribute(METHOD, OTHER_METHOD)
                    .setAttribute(METHOD_ORIGINAL, Bounded.scrubbed(method, scrubber::scrub, LONGEST_METHOD));
        }
        URI uri = request.uri();
        span.setAttribute(URL, Bounded.scrubbed(uri.toString(), scrubber::scrubUrl, LONGEST_URL));
        span.setAttribute(SERVER_ADDRESS, address(uri.getHost()));
        long port = port(uri);
        if (port > 0) {
            span.setAttribute(SERVER_PORT, port);
        }
    }

    void atEnd(ClientOutcome outcome, Span span) {
        int status = outcome.status();
        if (status > 0) {
            span.setAttribute(STATUS_CODE, (long) status);
        }
        HttpClient.Version version = outcome.version();
        if (version != null) {
            span.setAttribute(PROTOCOL_VERSION, protocolVersion(version));
        }
        Throwable error = outcome.error();
        if (error != null) {
            span.setAttribute(ERROR_TYPE, error.getClass().getName());
            span.setStatus(StatusCode.ERROR);
            Exceptions.record(span, error, scrubber);
        } else if (status >= 400) {
            span.setAttribute(ERROR_TYPE, Integer.toString(status));
            span.setStatus(StatusCode.ERROR);
        }
    }

    private static @Nullable String address(@Nullable String host) {
        return host != null && host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static long port(URI uri) {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : "http".equalsIgnoreCase(uri.getScheme()) ? 80 : -1;
    }

    /** By name: a later Java knows more of them. */
    private static @Nullable String protocolVersion(HttpClient.Version version) {
        return switch (version.name()) {
            case "HTTP_1_1" -> "1.1";
            case "HTTP_2" -> "2";
            case "HTTP_3" -> "3";
            default -> null;
        };
    }
}
