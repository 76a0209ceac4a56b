package dev.vitals.metrics;

import dev.vitals.http.Request;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A scrape without a server. */
record ScrapeRequest(@Nullable String query, Map<String, List<String>> headers) implements Request {
    static final ScrapeRequest PLAIN = new ScrapeRequest(null, Map.of());
    static final ScrapeRequest OPEN_METRICS = with("Accept", "application/openmetrics-text");
    static final ScrapeRequest GZIP = with("Accept-Encoding", "gzip");

    static ScrapeRequest with(String header, String... values) {
        return new ScrapeRequest(null, Map.of(header, List.of(values)));
    }

    static ScrapeRequest query(String query) {
        return new ScrapeRequest(query, Map.of());
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return "/metrics";
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
    public @Nullable String remoteAddress() {
        return null;
    }
}
