package dev.vitals.http;

import java.util.List;
import java.util.Set;

/** An endpoint that answers with a fixed text, or does what a test asks. */
record FakeEndpoint(List<String> paths, Set<String> methods, Handler handler) implements Endpoint {
    interface Handler {
        Response handle(Request request) throws Exception;
    }

    static FakeEndpoint text(String path, String body) {
        return new FakeEndpoint(List.of(path), Set.of("GET"), request -> Response.text(200, body));
    }

    static FakeEndpoint doing(String path, Handler handler) {
        return new FakeEndpoint(List.of(path), Set.of("GET"), handler);
    }

    @Override
    public Response handle(Request request) throws Exception {
        return handler.handle(request);
    }
}
