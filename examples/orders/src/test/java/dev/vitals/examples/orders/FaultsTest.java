package dev.vitals.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.http.ManagementServer;
import dev.vitals.http.Request;
import dev.vitals.metrics.SecurityEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private volatile boolean broken;
    private final List<Fault> all = List.of(
            new Fault("lamp", "it is dark", on -> broken = on),
            new Fault("sun", "it is cold", "the sun is not ours", on -> {
                throw new IllegalStateException("must not be called");
            }));
    private final Faults faults = new Faults(Duration.ofMinutes(5), all);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ManagementServer server = ManagementServer.builder()
            .port(0)
            .endpoint(new FaultsEndpoint(faults, SecurityEvents.of(registry)))
            .start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        server.close();
        faults.close();
    }

    @Test
    void aFaultIsSwitchedOnAndOff() throws Exception {
        assertThat(post("/faults/lamp?on=true", "1").statusCode()).isEqualTo(200);
        assertThat(broken).isTrue();
        assertThat(list()).contains("\"name\":\"lamp\",\"on\":true");

        assertThat(post("/faults/lamp?on=false", "1").statusCode()).isEqualTo(200);
        assertThat(broken).isFalse();
        assertThat(list()).contains("\"name\":\"lamp\",\"on\":false");
    }

    @Test
    void withoutTheHeaderNothingIsSwitched() throws Exception {
        assertThat(post("/faults/lamp?on=true", "0").statusCode()).isEqualTo(403);
        assertThat(broken).isFalse();
    }

    @Test
    void whatIsNotThereOrNotSaidIsRefused() throws Exception {
        assertThat(post("/faults/moon?on=true", "1").statusCode()).isEqualTo(404);
        assertThat(post("/faults/lamp?on=perhaps", "1").statusCode()).isEqualTo(400);
        assertThat(post("/faults/lamp", "1").statusCode()).isEqualTo(400);
    }

    @Test
    void whatIsNotTheDemosOwnIsRefusedWithAReason() throws Exception {
        HttpResponse<String> answer = post("/faults/sun?on=true", "1");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("the sun is not ours");
    }

    @Test
    void onlyThisMachineMaySwitch() throws Exception {
        var far = (Request) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Request.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "remoteAddress" -> "192.0.2.7";
                    case "method" -> "POST";
                    case "path" -> "/faults/lamp";
                    default -> "1";
                });
        assertThat(new FaultsEndpoint(faults, SecurityEvents.of(registry))
                        .handle(far)
                        .status())
                .isEqualTo(403);
        assertThat(registry.get("vitals.security.events")
                        .tag("event", "forbidden")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void aFaultEndsByItself() throws Exception {
        try (var brief = new Faults(Duration.ofMillis(20), all)) {
            brief.set(all.get(0), true).get(5, TimeUnit.SECONDS);
            for (int attempt = 0; brief.isOn("lamp") && attempt < 500; attempt++) {
                Thread.sleep(10);
            }
            assertThat(brief.isOn("lamp")).isFalse();
        }
        assertThat(broken).isFalse();
    }

    @Test
    void faultsEndWithTheDemo() throws Exception {
        faults.set(all.get(0), true).get(5, TimeUnit.SECONDS);
        assertThat(broken).isTrue();
        faults.close();
        assertThat(broken).isFalse();
    }

    private String list() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.url() + "/faults")).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private HttpResponse<String> post(String path, String header) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("X-Fault", header)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
