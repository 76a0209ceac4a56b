package dev.vitals.benchmarks;

import dev.vitals.http.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A GET as a web server would show it, without the server: with the {@code Accept} that kubelet sends.
 *
 * @param path the path
 * @param accept the values of {@code Accept}
 * @param authorization the values of {@code Authorization}, none for an anonymous caller
 * @param acceptEncoding the values of {@code Accept-Encoding}
 */
record Get(String path, List<String> accept, List<String> authorization, List<String> acceptEncoding)
        implements Request {
    static Get anonymous(String path) {
        return new Get(path, List.of("*/*"), List.of(), List.of());
    }

    static Get gzipped(String path) {
        return new Get(path, List.of("*/*"), List.of(), List.of("gzip"));
    }

    static Get withToken(String path, String token) {
        return new Get(path, List.of("*/*"), List.of("Bearer " + token), List.of());
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
        if (name.equalsIgnoreCase("Accept")) {
            return accept;
        }
        if (name.equalsIgnoreCase("Accept-Encoding")) {
            return acceptEncoding;
        }
        return name.equalsIgnoreCase("Authorization") ? authorization : List.of();
    }

    @Override
    public @Nullable String remoteAddress() {
        return "127.0.0.1";
    }
}
