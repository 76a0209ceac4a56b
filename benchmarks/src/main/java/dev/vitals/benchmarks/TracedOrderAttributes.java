package dev.vitals.benchmarks;

import dev.vitals.http.Request;
import io.opentelemetry.instrumentation.api.semconv.http.HttpServerAttributesGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells OpenTelemetry's instrumenter what Vitals says by itself, and no more. */
final class TracedOrderAttributes implements HttpServerAttributesGetter<Request, Integer> {
    private final OrderAttributes order = new OrderAttributes();

    @Override
    public String getHttpRequestMethod(Request request) {
        return order.getHttpRequestMethod(request);
    }

    @Override
    public List<String> getHttpRequestHeader(Request request, String name) {
        return order.getHttpRequestHeader(request, name);
    }

    @Override
    public @Nullable Integer getHttpResponseStatusCode(
            Request request, @Nullable Integer status, @Nullable Throwable error) {
        return status;
    }

    @Override
    public List<String> getHttpResponseHeader(Request request, @Nullable Integer status, String name) {
        return List.of();
    }

    @Override
    public String getUrlScheme(Request request) {
        return order.getUrlScheme(request);
    }

    @Override
    public String getUrlPath(Request request) {
        return order.getUrlPath(request);
    }

    @Override
    public @Nullable String getUrlQuery(Request request) {
        return order.getUrlQuery(request);
    }

    @Override
    public String getHttpRoute(Request request) {
        return order.getHttpRoute(request);
    }

    @Override
    public String getNetworkProtocolName(Request request, @Nullable Integer status) {
        return "http";
    }

    @Override
    public String getNetworkProtocolVersion(Request request, @Nullable Integer status) {
        return "1.1";
    }
}
