package dev.vitals.health;

import dev.vitals.http.Endpoints;
import dev.vitals.http.Request;
import dev.vitals.http.Response;
import java.util.List;
import java.util.Map;

/** A request that is asked without a server. */
record Asking(String path, String query, Map<String, List<String>> sent) implements Request {
    static Response get(HealthEndpoint endpoint, String target) {
        return get(endpoint, target, Map.of());
    }

    static Response accepting(HealthEndpoint endpoint, String target, String accept) {
        return get(endpoint, target, Map.of("Accept", List.of(accept)));
    }

    static Response get(HealthEndpoint endpoint, String target, Map<String, List<String>> headers) {
        int mark = target.indexOf('?');
        return Endpoints.of(endpoint)
                .handle(new Asking(
                        mark < 0 ? target : target.substring(0, mark),
                        mark < 0 ? null : target.substring(mark + 1),
                        headers));
    }

    @Override
    public String method() {
        return "GET";
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
        return sent.getOrDefault(name, List.of());
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1";
    }
}
