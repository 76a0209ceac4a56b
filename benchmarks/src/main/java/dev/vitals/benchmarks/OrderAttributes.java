package dev.vitals.benchmarks;

import dev.vitals.http.Request;
import io.opentelemetry.instrumentation.api.semconv.http.HttpServerAttributesGetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells OpenTelemetry of a request what a web server's instrumentation would. */
final class OrderAttributes implements HttpServerAttributesGetter<Request, Integer> {
    @Override
    public String getHttpRequestMethod(Request request) {
        return request.method();
    }

    @Override
    public List<String> getHttpRequestHeader(Request request, String name) {
        return request.headers(name);
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
        return request.scheme();
    }

    @Override
    public String getUrlPath(Request request) {
        return request.path();
    }

    @Override
    public @Nullable String getUrlQuery(Request request) {
        return request.query();
    }

    @Override
    public String getHttpRoute(Request request) {
        return "/orders/{id}";
    }
}
