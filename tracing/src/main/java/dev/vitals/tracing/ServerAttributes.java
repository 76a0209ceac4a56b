package dev.vitals.tracing;

import dev.vitals.http.Outcome;
import dev.vitals.http.Request;
import dev.vitals.scrubbing.Scrubber;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a server span says, by the semantic conventions for HTTP spans: at its start all that samplers may read. */
final class ServerAttributes {
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> METHOD_ORIGINAL = AttributeKey.stringKey("http.request.method_original");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
    private static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> USER_AGENT = AttributeKey.stringKey("user_agent.original");
    private static final AttributeKey<String> PROTOCOL_VERSION = AttributeKey.stringKey("network.protocol.version");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS_CODE = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY");
    private static final String OTHER_METHOD = "_OTHER";
    private static final int LONGEST_TEXT = 1_024;

    private final Scrubber scrubber;

    ServerAttributes(Scrubber scrubber) {
        this.scrubber = scrubber;
    }

    /** {@code METHOD route}, {@code METHOD} where there is no route; HTTP stands for a method that is not known. */
    static String spanName(Request request, @Nullable String route) {
        String method = METHODS.contains(request.method()) ? request.method() : "HTTP";
        return route == null ? method : method + " " + route;
    }

    void atStart(Request request, SpanBuilder span) {
        if (METHODS.contains(request.method())) {
            span.setAttribute(METHOD, request.method());
        } else {
            span.setAttribute(METHOD, OTHER_METHOD).setAttribute(METHOD_ORIGINAL, clean(request.method()));
        }
        span.setAttribute(PATH, clean(request.path()));
        span.setAttribute(SCHEME, clean(request.scheme()));
        span.setAttribute(USER_AGENT, clean(request.header("User-Agent")));
        span.setAttribute(PROTOCOL_VERSION, protocolVersion(request.protocol()));
        HostHeader host = HostHeader.parse(request.header("Host"));
        if (host != null) {
            span.setAttribute(SERVER_ADDRESS, clean(host.address()));
            if (host.port() != null) {
                span.setAttribute(SERVER_PORT, host.port());
            }
        }
    }

    void atEnd(Outcome outcome, Span span) {
        String route = clean(outcome.route());
        if (route != null) {
            span.updateName(spanName(outcome.request(), route));
            span.setAttribute(ROUTE, route);
        }
        int status = outcome.status();
        if (status > 0) {
            span.setAttribute(STATUS_CODE, (long) status);
        }
        Throwable error = outcome.error();
        if (error != null) {
            span.setAttribute(ERROR_TYPE, error.getClass().getName());
        } else if (status >= 500) {
            span.setAttribute(ERROR_TYPE, Integer.toString(status));
        }
        boolean blamesTheClient = status >= 400 && status < 500;
        if (!blamesTheClient && (error != null || status >= 500)) {
            span.setStatus(StatusCode.ERROR);
        }
    }

    /** Scrubbed first, cut after: half a secret would not be known for one. */
    private @Nullable String clean(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String scrubbed = scrubber.scrub(text);
        return scrubbed.length() <= LONGEST_TEXT ? scrubbed : scrubbed.substring(0, LONGEST_TEXT);
    }

    private static @Nullable String protocolVersion(String protocol) {
        return switch (protocol) {
            case "HTTP/1.0" -> "1.0";
            case "HTTP/1.1" -> "1.1";
            case "HTTP/2", "HTTP/2.0" -> "2";
            case "HTTP/3", "HTTP/3.0" -> "3";
            default -> null;
        };
    }
}
