package dev.vitals.tracing;

import dev.vitals.http.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that knows how often its protocol was asked for. */
final class CountingRequest implements Request {
    private final Request request;
    int protocolReads;

    CountingRequest(Request request) {
        this.request = request;
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public @Nullable String query() {
        return request.query();
    }

    @Override
    public String scheme() {
        return request.scheme();
    }

    @Override
    public String protocol() {
        protocolReads++;
        return request.protocol();
    }

    @Override
    public List<String> headers(String name) {
        return request.headers(name);
    }

    @Override
    public @Nullable String remoteAddress() {
        return request.remoteAddress();
    }
}
