package dev.vitals.benchmarks;

import dev.vitals.http.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A GET as a web server would show it, without the server.
 *
 * @param path the path
 * @param authorization the value of {@code Authorization}, or null for an anonymous caller
 */
record Get(String path, @Nullable String authorization) implements Request {
    static Get anonymous(String path) {
        return new Get(path, null);
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public @Nullable String query() {
        return null;
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
        return authorization != null && name.equalsIgnoreCase("Authorization") ? List.of(authorization) : List.of();
    }

    @Override
    public @Nullable String remoteAddress() {
        return "127.0.0.1";
    }
}
