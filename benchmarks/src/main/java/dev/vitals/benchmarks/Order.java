package dev.vitals.benchmarks;

import dev.vitals.http.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request without a server. */
record Order() implements Request {
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
        return "http";
    }

    @Override
    public String protocol() {
        return "HTTP/1.1";
    }

    @Override
    public List<String> headers(String name) {
        return List.of();
    }

    @Override
    public @Nullable String remoteAddress() {
        return "127.0.0.1";
    }
}
