package dev.vitals.tracing;

import dev.vitals.http.Outcome;
import dev.vitals.http.Request;
import dev.vitals.scrubbing.Scrubber;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server span says, by the semantic conventions for HTTP spans: before its start what samplers may read, and all
 * the rest only where it is recorded.
 */
final class ServerAttributes {
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> METHOD_ORIGINAL = AttributeKey.stringKey("http.request.method_original");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("url.query");
    private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
    private static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> CLIENT_ADDRESS = AttributeKey.stringKey("client.address");
    private static final AttributeKey<String> USER_AGENT = AttributeKey.stringKey("user_agent.original");
    private static final AttributeKey<String> PROTOCOL_VERSION = AttributeKey.stringKey("network.protocol.version");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS_CODE = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private static final String OTHER_METHOD = "_OTHER";
    private static final String METHOD_IN_NAMES = "HTTP";
    private static final String CLIENT_LEFT = "client_disconnected";
    private static final int LONGEST_ADDRESS = 64;

    private final Scrubber scrubber;
    private final Texts texts;
    private final Texts paths;
    private final Hosts hosts;
    private final SpanNames names;
    private final Options options;

    /**
     * What the application chose.
     *
     * @param knownMethods the methods that are told by their names
     * @param query whether the query is recorded
     * @param clientAddress whether the client's address is recorded
     * @param proxies who may say how a client asked
     */
    record Options(Set<String> knownMethods, boolean query, boolean clientAddress, TrustedProxies proxies) {}

    ServerAttributes(Scrubber scrubber, Options options) {
        this.scrubber = scrubber;
        this.texts = new Texts(scrubber);
        this.paths = new Texts(scrubber);
        this.hosts = new Hosts(texts);
        this.names = new SpanNames(texts);
        this.options = options;
    }

    boolean knows(String method) {
        return options.knownMethods().contains(method);
    }

    /** The method as names have it: HTTP stands for one that is not known. */
    static String nameOf(String method, boolean known) {
        return known ? method : METHOD_IN_NAMES;
    }

    void forSamplers(Request request, boolean known, SpanBuilder span) {
        Origin origin = options.proxies().origin(request);
        span.setAttribute(METHOD, known ? request.method() : OTHER_METHOD);
        span.setAttribute(PATH, paths.clean(request.path()));
        span.setAttribute(SCHEME, origin.scheme() != null ? origin.scheme() : texts.clean(request.scheme()));
        HostHeader host = origin.host() != null ? hosts.clean(origin.host()) : hosts.of(request.header("Host"));
        if (host != null) {
            span.setAttribute(SERVER_ADDRESS, host.address());
            if (host.port() != null) {
                span.setAttribute(SERVER_PORT, host.port());
            }
        }
        String userAgent = request.header("User-Agent");
        if (userAgent != null) {
            span.setAttribute(USER_AGENT, texts.clean(userAgent));
        }
        String query = options.query() ? request.query() : null;
        if (query != null && !query.isEmpty()) {
            span.setAttribute(QUERY, texts.cleanQuery(query));
        }
        if (options.clientAddress()) {
            String client = origin.client() != null ? origin.client() : request.remoteAddress();
            if (client != null) {
                span.setAttribute(CLIENT_ADDRESS, Bounded.cut(client, LONGEST_ADDRESS));
            }
        }
    }

    void atStart(Request request, boolean known, Span span) {
        if (!known) {
            span.setAttribute(METHOD_ORIGINAL, texts.clean(request.method()));
        }
        String version = protocolVersion(request.protocol());
        if (version != null) {
            span.setAttribute(PROTOCOL_VERSION, version);
        }
    }

    void atEnd(Outcome outcome, String method, Span span) {
        if (outcome.route() != null) {
            SpanNames.Name name = names.of(method, outcome.route());
            span.updateName(name.span());
            span.setAttribute(ROUTE, name.route());
        }
        int status = outcome.status();
        if (status > 0) {
            span.setAttribute(STATUS_CODE, (long) status);
        }
        Throwable error = outcome.error();
        if (error != null) {
            Exceptions.record(span, error, scrubber);
        }
        if (isError(outcome)) {
            span.setAttribute(ERROR_TYPE, errorType(status, error));
            span.setStatus(StatusCode.ERROR);
        }
    }

    /**
     * 4xx is never one on a server, 5xx always; else it is one where the application threw, or the answer could not be
     * sent whole. One that stays open for as long as its client listens ends well when writing to it fails.
     */
    private static boolean isError(Outcome outcome) {
        int status = outcome.status();
        if (status >= 400 && status < 500) {
            return false;
        }
        return status >= 500
                || switch (outcome.kind()) {
                    case ORDINARY -> outcome.error() != null;
                    case STREAMING -> outcome.error() != null && !(outcome.error() instanceof IOException);
                    case ABORTED -> true;
                };
    }

    private static String errorType(int status, @Nullable Throwable error) {
        if (error != null) {
            return error.getClass().getName();
        }
        return status >= 500 ? Integer.toString(status) : CLIENT_LEFT;
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
