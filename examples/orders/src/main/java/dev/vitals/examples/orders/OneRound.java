package dev.vitals.examples.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One request through every route, each with the answer that it must get. */
final class OneRound {
    private static final List<String> EXPECTED_FAMILIES = List.of(
            "http_server_request_duration_seconds",
            "jvm_memory_used_bytes",
            "hikaricp_connections",
            "orders_accepted_total");

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Addresses addresses;
    private final PrintStream out;

    OneRound(Addresses addresses, PrintStream out) {
        this.addresses = addresses;
        this.out = out;
    }

    void run() throws IOException, InterruptedException {
        String service = addresses.service();
        String management = addresses.management();

        String created = expect(201, post(service + "/orders", "{\"symbol\": \"ACME\", \"quantity\": 3}"));
        long id = Reply.JSON.readTree(created).path("id").asLong();
        expect(400, post(service + "/orders", "{\"symbol\": \"ACME\", \"quantity\": 0}"));
        awaitFilled(service + "/orders/" + id);
        expect(404, get(service + "/orders/999999999999"));
        expect(200, get(service + "/quotes/ACME"));
        expect(200, get(service + "/quotes/ACME"));
        expect(404, get(service + "/nowhere"));
        expect(200, get(management + "/faults"));
        expect(403, post(management + "/faults/slow?on=true", ""));

        awaitAllUp(management + "/health");
        for (String probe : List.of("liveness", "readiness", "startup")) {
            expect(200, get(management + "/health/" + probe));
        }
        String health = expect(200, get(management + "/health"));
        String metrics = expect(200, get(management + "/metrics"));
        for (String family : EXPECTED_FAMILIES) {
            if (!metrics.contains("\n" + family)) {
                throw new IOException("/metrics has no " + family);
            }
        }
        out.println(Reply.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(Reply.JSON.readTree(health)));
        out.println(metrics.lines().filter(line -> line.startsWith("# TYPE ")).count() + " metric families");
        out.println("one request through every route: all answered as they must");
    }

    private void awaitFilled(String order) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 100; attempt++) {
            if (expect(200, get(order)).contains("\"FILLED\"")) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IOException("the worker did not fill the order in 10 s");
    }

    private void awaitAllUp(String health) throws IOException, InterruptedException {
        String body = "";
        for (int attempt = 0; attempt < 100; attempt++) {
            body = send(get(health)).body();
            JsonNode report = Reply.JSON.readTree(body);
            if (report.path("status").asString("").equals("UP")) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IOException("the health was not UP within 10 s: " + body);
    }

    private static HttpRequest get(String uri) {
        return HttpRequest.newBuilder(URI.create(uri))
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    private static HttpRequest post(String uri, String body) {
        return HttpRequest.newBuilder(URI.create(uri))
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofString(body, UTF_8))
                .build();
    }

    private String expect(int status, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request);
        if (response.statusCode() != status) {
            throw new IOException(request.method() + " " + request.uri() + " answered " + response.statusCode()
                    + " instead of " + status + ": " + response.body());
        }
        return response.body();
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString(UTF_8));
    }
}
