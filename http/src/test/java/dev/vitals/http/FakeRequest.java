package dev.vitals.http;

import java.util.List;
import java.util.Map;

/** A request without a server. */
record FakeRequest(String method, String path, String query, Map<String, List<String>> headers) implements Request {
    static FakeRequest get(String path) {
        return new FakeRequest("GET", path, "", Map.of());
    }

    static FakeRequest of(String method, String path) {
        return new FakeRequest(method, path, "", Map.of());
    }

    static FakeRequest query(String query) {
        return new FakeRequest("GET", "/", query, Map.of());
    }

    @Override
    public String scheme() {
        return "http";
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
    public String remoteAddress() {
        return "127.0.0.1";
    }
}
