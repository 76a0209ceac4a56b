package dev.vitals.metrics;

import dev.vitals.http.Request;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request without a server. */
record TestRequest(String method, String path, String scheme, Map<String, List<String>> headers) implements Request {
    static TestRequest of(String method) {
        return new TestRequest(method, "/orders/42", "http", Map.of());
    }

    static TestRequest accepting(String... accept) {
        return new TestRequest("GET", "/metrics", "http", Map.of("Accept", List.of(accept)));
    }

    @Override
    public @Nullable String query() {
        return null;
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public @Nullable String remoteAddress() {
        return null;
    }
}
