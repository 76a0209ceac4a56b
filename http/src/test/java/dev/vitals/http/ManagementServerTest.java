package dev.vitals.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ManagementServerTest {
    private static final FakeEndpoint HELLO = FakeEndpoint.text("/hello", "hello");

    private final List<Socket> sockets = new ArrayList<>();
    private ManagementServer server;

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private void serve(Endpoint... endpoints) {
        var builder = ManagementServer.builder().port(0);
        for (Endpoint endpoint : endpoints) {
            builder.endpoint(endpoint);
        }
        server = builder.start();
    }

    @Test
    void anEndpointIsServedOnLoopback() throws Exception {
        serve(HELLO);

        HttpResponse<String> response = send("GET", "/hello");

        assertThat(server.url()).isEqualTo("http://127.0.0.1:" + server.port());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hello");
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
    }

    @Test
    void itCountsTheEndpointsThatThrow() throws Exception {
        serve(HELLO, FakeEndpoint.doing("/broken", request -> {
            throw new IllegalStateException();
        }));

        send("GET", "/hello");
        assertThat(server.failures()).isZero();
        send("GET", "/broken");

        assertThat(server.failures()).isOne();
    }

    @Test
    void headHasTheHeadersOfGetAndNoBody() throws Exception {
        serve(HELLO);

        HttpResponse<String> response = send("HEAD", "/hello");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Length")).contains("5");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void otherMethodsAndPathsAreRefused() throws Exception {
        serve(HELLO);

        HttpResponse<String> post = send("POST", "/hello");

        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(send("GET", "/other").statusCode()).isEqualTo(404);
    }

    @Test
    void aForeignHostIsForbiddenOnLoopback() throws Exception {
        serve(HELLO);

        assertThat(raw("GET /hello HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403 ")
                .doesNotContain("hello");
        assertThat(raw("GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var builder = ManagementServer.builder().port(taken.getLocalPort()).endpoint(HELLO);

            assertThatThrownBy(builder::start)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(BindException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void misuseIsToldAtSetUp() {
        assertThatThrownBy(() -> ManagementServer.builder().start()).hasMessageContaining("nothing to serve");
        assertThatThrownBy(() -> ManagementServer.builder().port(70000)).hasMessageContaining("0 to 65535");
        assertThatThrownBy(() -> ManagementServer.builder()
                        .host("no such host")
                        .port(0)
                        .endpoint(HELLO)
                        .start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no such host");
    }

    @Test
    void threeTimesAsManySlowClientsAsThreadsKeepNobodyOut() throws Exception {
        serve(HELLO);
        for (int i = 0; i < 3 * ExchangeThreads.MOST; i++) {
            connect().getOutputStream().write("GET /hello HTT".getBytes(US_ASCII));
        }

        // Each within what an orchestrator waits: the client's time-out is 1 s.
        for (int i = 0; i < 20; i++) {
            assertThat(raw("GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .endsWith("hello");
        }
    }

    @Test
    void moreClientsThanMayWaitAreCutOffOldestFirst() throws Exception {
        serve(HELLO);
        var late = new ArrayList<Socket>();
        for (int i = 0; i < 1400; i++) {
            Socket slow = connect();
            slow.getOutputStream().write("GET /hello HTT".getBytes(US_ASCII));
            late.add(slow);
        }

        assertThat(raw("GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .endsWith("hello");
        for (Socket slow : late) {
            slow.setSoTimeout(30_000);
            assertThat(isCutOff(slow)).as("each is cut off in the end").isTrue();
        }
    }

    /** In order, or by a reset where the server has not read what was sent; whoever waits on gets a time-out here. */
    private static boolean isCutOff(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void anEndpointThatHangsForGoodLeavesTheOthersTheirThreads() throws Exception {
        var release = new CountDownLatch(1);
        serve(HELLO, FakeEndpoint.doing("/hang", request -> {
            boolean over = false;
            while (!over) {
                try {
                    release.await();
                    over = true;
                } catch (InterruptedException ignored) {
                    // The kind of endpoint that this is about.
                }
            }
            return Response.text(200, "late");
        }));
        try {
            for (int i = 0; i < 2 * ExchangeThreads.MOST; i++) {
                connect().getOutputStream().write("GET /hang HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
            }

            for (int i = 0; i < 20; i++) {
                assertThat(raw("GET /hello HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                        .endsWith("hello");
            }
            assertThat(raw("GET /hang HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 503 ");
        } finally {
            release.countDown();
        }
    }

    @Test
    void aClientThatNeverFinishesItsRequestIsCutOff() throws Exception {
        serve(HELLO);
        Socket slow = connect();
        slow.setSoTimeout(30_000);
        slow.getOutputStream().write("GET /hello HTT".getBytes(US_ASCII));

        assertThat(slow.getInputStream().read())
                .as("the server ends the connection")
                .isEqualTo(-1);
    }

    @Test
    void anEndpointThatHangsIsInterruptedAndTheServerGoesOn() throws Exception {
        var interrupted = new CountDownLatch(1);
        serve(HELLO, FakeEndpoint.doing("/hang", request -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException cut) {
                interrupted.countDown();
            }
            return Response.text(200, "late");
        }));
        Socket client = connect();
        client.getOutputStream().write("GET /hang HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));

        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(send("GET", "/hello").body()).isEqualTo("hello");
    }

    @Test
    void closingWaitsForWhatIsUnderWay() throws Exception {
        var started = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        serve(FakeEndpoint.doing("/slow", request -> {
            started.countDown();
            release.await();
            return Response.text(200, "finished");
        }));
        var answer =
                HttpClient.newHttpClient().sendAsync(request("GET", "/slow"), HttpResponse.BodyHandlers.ofString());
        assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
        var closing = new Thread(server::close);
        closing.start();
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        release.countDown();

        assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("finished");
        closing.join(10_000);
        assertThat(closing.isAlive()).isFalse();
    }

    @Test
    void noThreadOutlivesTheServer() throws Exception {
        serve(HELLO);
        send("GET", "/hello");
        server.close();

        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (managementThreads() > 0 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(managementThreads()).isZero();
    }

    @Test
    void theJvmsPropertyIsLeftAsTheApplicationSetIt() {
        String before = System.getProperty("sun.net.httpserver.nodelay");
        try {
            System.setProperty("sun.net.httpserver.nodelay", "false");
            serve(HELLO);
            assertThat(System.getProperty("sun.net.httpserver.nodelay")).isEqualTo("false");
            System.clearProperty("sun.net.httpserver.nodelay");
            server.close();
            serve(HELLO);
            assertThat(System.getProperty("sun.net.httpserver.nodelay")).isEqualTo("true");
            assertThat(System.getProperty("sun.net.httpserver.maxReqTime")).isNull();
            assertThat(System.getProperty("sun.net.httpserver.maxRspTime")).isNull();
        } finally {
            if (before != null) {
                System.setProperty("sun.net.httpserver.nodelay", before);
            }
        }
    }

    @Test
    void inKubernetesLoopbackIsOneClearError() {
        assertThat(logged(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"), "127.0.0.1"))
                .singleElement()
                .asString()
                .contains("set host(\"0.0.0.0\")");
        assertThat(logged(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"), "0.0.0.0"))
                .isEmpty();
        assertThat(logged(Map.of(), "127.0.0.1")).isEmpty();
    }

    private static List<String> logged(Map<String, String> environment, String host) {
        var messages = new ArrayList<String>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                messages.add(java.text.MessageFormat.format(record.getMessage(), record.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var logger = Logger.getLogger(ManagementServer.class.getName());
        logger.addHandler(handler);
        try (var started = new ManagementServer.Builder(environment)
                .host(host)
                .port(0)
                .endpoint(HELLO)
                .start()) {
            assertThat(started.port()).isPositive();
        } finally {
            logger.removeHandler(handler);
        }
        return messages;
    }

    private static long managementThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vitals-management"))
                .count();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        sockets.add(socket);
        return socket;
    }

    private String raw(String request) throws IOException {
        Socket socket = connect();
        socket.setSoTimeout(1_000);
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }

    private HttpRequest request(String method, String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request(method, path), HttpResponse.BodyHandlers.ofString());
    }
}
