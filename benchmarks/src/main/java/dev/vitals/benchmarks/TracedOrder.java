package dev.vitals.benchmarks;

import dev.vitals.http.Request;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request without a server, with what a browser sends along; each header in the spellings that it is asked for by. */
record TracedOrder(Map<String, List<String>> sent) implements Request {
    static final String ROUTE = "/orders/{id}";
    static final String USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    static final String HOST = "shop.example";
    static final long PORT = 8_443;

    static TracedOrder withoutParent() {
        return new TracedOrder(headers());
    }

    static TracedOrder withParent() {
        Map<String, List<String>> headers = headers();
        headers.put("traceparent", List.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
        return new TracedOrder(headers);
    }

    private static Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new HashMap<>();
        for (String host : List.of("Host", "host")) {
            headers.put(host, List.of(HOST + ":" + PORT));
        }
        for (String userAgent : List.of("User-Agent", "user-agent")) {
            headers.put(userAgent, List.of(USER_AGENT));
        }
        return headers;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return "/orders/42";
    }

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public String scheme() {
        return "https";
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    @Override
    public List<String> headers(String name) {
        return sent.getOrDefault(name, List.of());
    }

    @Override
    public @Nullable String remoteAddress() {
        return "127.0.0.1";
    }

    /** Gives its headers to OpenTelemetry's propagators. */
    static final class Getter implements TextMapGetter<Request> {
        // Deprecated, and abstract all the same.
        @SuppressWarnings("deprecation")
        @Override
        public Iterable<String> keys(Request request) {
            return List.of();
        }

        @Override
        public @Nullable String get(@Nullable Request request, String name) {
            return request == null ? null : request.header(name);
        }
    }
}
