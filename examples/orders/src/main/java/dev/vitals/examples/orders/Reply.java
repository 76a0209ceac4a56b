package dev.vitals.examples.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What the service answers: a status and JSON. */
record Reply(int status, String body) {
    static final JsonMapper JSON = JsonMapper.builder().build();

    static Reply of(int status, Object value) {
        return new Reply(status, JSON.writeValueAsString(value));
    }

    static Reply json(int status, String json) {
        return new Reply(status, json);
    }

    static Reply error(int status, String message) {
        return of(status, Map.of("error", message));
    }

    void send(HttpExchange exchange) throws IOException {
        byte[] bytes = (body + "\n").getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
