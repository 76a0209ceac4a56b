package dev.vitals.health.checks;

import static dev.vitals.health.checks.Given.measured;
import static dev.vitals.health.checks.Given.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpCheckTest {
    private final Collection<String> seen = new ConcurrentLinkedQueue<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                seen.add(exchange.getRequestMethod() + " " + path + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                if (path.startsWith("/status/")) {
                    int status = Integer.parseInt(path.substring("/status/".length()));
                    exchange.sendResponseHeaders(status, -1);
                } else if (path.startsWith("/to/")) {
                    exchange.getResponseHeaders()
                            .set("Location", exchange.getRequestURI().getQuery());
                    exchange.sendResponseHeaders(Integer.parseInt(path.substring("/to/".length())), -1);
                } else {
                    byte[] body = path.startsWith("/large")
                            ? "x".repeat(64 * 1024 + 1).getBytes(UTF_8)
                            : "pöng".getBytes(UTF_8);
                    boolean head = exchange.getRequestMethod().equals("HEAD");
                    exchange.sendResponseHeaders(200, head ? -1 : body.length);
                    if (!head) {
                        exchange.getResponseBody().write(body);
                    }
                }
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @ParameterizedTest
    @CsvSource({"200, UP", "204, UP", "299, UP", "304, DOWN", "302, DOWN", "404, DOWN", "503, DOWN"})
    void byDefaultAnyStatusOfSuccessIsUp(int answered, Status status) throws Exception {
        HealthResult result = run(HttpCheck.get(uri("/status/" + answered)));

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(status == Status.UP ? null : "answered " + answered + ", not 200 to 299");
        assertThat(measured(result, "http.status")).isEqualTo(answered);
    }

    @Test
    void onlyTheStatusesAskedForAreUp() throws Exception {
        assertThat(run(HttpCheck.get(uri("/status/404")).expecting(401, 404)).status())
                .isEqualTo(Status.UP);
        assertThat(run(HttpCheck.get(uri("/status/200")).expecting(404, 401)).reason())
                .isEqualTo("answered 200, not [401, 404]");
        assertThat(run(HttpCheck.get(uri("/to/302?http://elsewhere.invalid/")).expecting(302))
                        .status())
                .isEqualTo(Status.UP);
    }

    @Test
    void theBodyIsTested() throws Exception {
        HttpCheck check = HttpCheck.get(uri("/ping"));

        assertThat(run(check.expectingBody("says pöng", "pöng"::equals)).status())
                .isEqualTo(Status.UP);
        assertThat(run(check.expectingBody("says ok", "ok"::equals)).reason()).isEqualTo("the body fails: says ok");
        assertThat(run(check.expectingBody("is a number", body -> Integer.parseInt(body) > 0))
                        .reason())
                .isEqualTo("the body fails: is a number: NumberFormatException");
    }

    @Test
    void aBodyLongerThanItsLimitFailsItsTestAndIsNotWaitedForWithoutOne() throws Exception {
        HttpCheck check = HttpCheck.get(uri("/large"));

        assertThat(run(check.expectingBody("is anything", body -> true)).reason())
                .isEqualTo("the body is longer than 64 KiB");
        assertThat(run(check.bodyLimit(64 * 1024 + 1).expectingBody("is long", body -> body.length() == 64 * 1024 + 1))
                        .status())
                .isEqualTo(Status.UP);
        assertThat(run(check).status()).isEqualTo(Status.UP);
    }

    @Test
    void headAndHeadersAreSent() throws Exception {
        assertThat(run(HttpCheck.head(uri("/ping")).header("Authorization", "Bearer abc"))
                        .status())
                .isEqualTo(Status.UP);
        assertThat(seen).containsExactly("HEAD /ping Bearer abc");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectToTheSameHostIsFollowedWithItsHeaders(int status) throws Exception {
        HttpCheck check = HttpCheck.get(uri("/to/" + status + "?/status/204")).header("Authorization", "Basic x");

        assertThat(run(check).status()).isEqualTo(Status.UP);
        assertThat(seen).containsExactly("GET /to/" + status + " Basic x", "GET /status/204 Basic x");
    }

    @Test
    void aRedirectElsewhereIsDownAndNobodyIsAskedThere() throws Exception {
        try (RawServer elsewhere = RawServer.start(RawServer::untilHungUp)) {
            for (String target : new String[] {
                "http://127.0.0.1:" + elsewhere.port() + "/",
                "http://localhost:" + server.getAddress().getPort() + "/",
                "https://127.0.0.1:" + server.getAddress().getPort() + "/",
                "//127.0.0.1:" + elsewhere.port() + "/",
                "file:///etc/passwd"
            }) {
                HealthResult result = run(HttpCheck.get(uri("/to/302?" + target)));

                assertThat(result.reason()).as(target).isEqualTo("redirects to another host or port");
                assertThat(result.status()).isEqualTo(Status.DOWN);
            }
            assertThat(elsewhere.accepted()).isZero();
        }
    }

    @Test
    void aLoopOfRedirectsAndABrokenOneAreDown() throws Exception {
        server.createContext("/loop", exchange -> {
            try (exchange) {
                seen.add("loop");
                exchange.getResponseHeaders().set("Location", "/loop");
                exchange.sendResponseHeaders(302, -1);
            }
        });
        server.createContext("/broken", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Location", "http://[secret");
                exchange.sendResponseHeaders(302, -1);
            }
        });

        assertThat(run(HttpCheck.get(uri("/loop"))).reason()).isEqualTo("redirects more than 5 times");
        assertThat(seen).hasSize(6);
        assertThat(run(HttpCheck.get(uri("/broken"))).reason()).isEqualTo("redirects to what is no URI");
    }

    @ParameterizedTest
    @CsvSource({
        "http, a.example, 80, http://a.example/x, true",
        "http, a.example, 80, https://a.example/x, true",
        "http, a.example, 80, http://A.EXAMPLE:80/x, true",
        "https, a.example, 443, http://a.example/x, false",
        "https, a.example, 443, http://a.example:443/x, false",
        "http, a.example, 8080, https://a.example/x, false",
        "http, a.example, 80, http://a.example.evil.example/x, false",
        "http, a.example, 80, mailto:someone@a.example, false",
    })
    void aRedirectStaysWithHostAndPortOrGoesToHttps(String scheme, String host, int port, URI to, boolean stays) {
        assertThat(Uris.staysAt(URI.create(scheme + "://" + host + ":" + port + "/"), to))
                .isEqualTo(stays);
    }

    @Test
    void theApplicationsOwnClientIsUsed() throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .executor(task -> {
                    seen.add("own");
                    new Thread(task).start();
                })
                .build();

        assertThat(run(HttpCheck.get(uri("/ping")).client(client)).status()).isEqualTo(Status.UP);
        assertThat(seen).contains("own");
    }

    @Test
    void secretsInTheAddressAreNeverTold() throws Exception {
        int closed = Ports.closed();
        for (URI uri : new URI[] {
            uri("/status/500?token=hunter2"),
            URI.create("http://127.0.0.1:" + closed + "/hunter2?token=hunter2"),
            URI.create("http://nohost.invalid/hunter2?token=hunter2"),
            URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/hunter2?token=hunter2")
        }) {
            HealthResult result = run(HttpCheck.get(uri).header("X-Token", "hunter2"), 1_000);

            assertThat(result.status()).isEqualTo(Status.DOWN);
            assertThat(result.toString()).doesNotContain("hunter2").contains(uri.getHost());
        }
    }

    @Test
    void whatGoesWrongIsNamed() throws Exception {
        assertThat(run(HttpCheck.get(URI.create("http://127.0.0.1:" + Ports.closed() + "/")))
                        .reason())
                .isEqualTo("cannot connect");
        assertThat(run(HttpCheck.get(URI.create("http://nohost.invalid/"))).reason())
                .isEqualTo("host not found");
    }

    @Test
    void whatMakesNoSenseIsRefusedWithoutItsSecrets() {
        for (String uri : new String[] {
            "ftp://a/", "/ping?hunter2", "http:///x?hunter2", "mailto:hunter2@a", "https://u:hunter2@a/"
        }) {
            assertThatThrownBy(() -> HttpCheck.get(URI.create(uri)))
                    .as(uri)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("hunter2")
                    .hasMessageStartingWith("the URI ");
        }
        HttpCheck check = HttpCheck.get(URI.create("https://a.example/"));
        assertThatThrownBy(() -> check.header("Authorization", "hunter2\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageContaining("Authorization")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(check::expecting).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> check.expecting(100)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> check.bodyLimit(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> check.client(HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("followRedirects(HttpClient.Redirect.NEVER)");
    }
}
