package dev.vitals.health.checks;

import static dev.vitals.health.checks.Given.run;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthResult;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How messages are framed: RFC 9112. */
@Timeout(60)
class Http1Test {
    private static final String OK = "HTTP/1.1 200 OK|";

    private static RawServer answering(String answer) throws Exception {
        byte[] bytes = answer.replace("|", "\r\n").getBytes(US_ASCII);
        return RawServer.start(socket -> {
            socket.getInputStream().read();
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            RawServer.untilHungUp(socket);
        });
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // bodies, framed in every way
                OK + "Content-Length: 4||pong and what is not of it, -",
                OK + "||pong, the body fails: is pong",
                OK + "|pong, -",
                "HTTP/1.0 200|Server: x||pong, -",
                OK + "Transfer-Encoding: chunked||2|po|2;x=y|ng|0||, -",
                OK + "transfer-encoding: gzip; q=1 chunked||4|pong|0|Trailer: x||, -",
                OK + "Content-Length: 99|Transfer-Encoding: chunked||4|pong|0||, -",
                "HTTP/1.1 100 Continue||HTTP/1.1 103 Early Hints|Link: x||" + OK + "Content-Length: 4||pong, -",
                // bodies that end too soon
                OK + "Content-Length: 5||pong, connection lost: EOFException",
                OK + "Transfer-Encoding: chunked||4|pong|, connection lost: EOFException",
                // no HTTP
                OK + "Content-Length: x||pong, the answer is no HTTP",
                OK + "Content-Length: -4||pong, the answer is no HTTP",
                OK + "Content-Length: +4||pong, the answer is no HTTP",
                OK + "Transfer-Encoding: chunked||zz|pong|0||, the answer is no HTTP",
                OK + "Transfer-Encoding: chunked||4|pongs|0||, the answer is no HTTP",
                OK + "no colon||pong, the answer is no HTTP",
                "HTTP/1.1 2000 OK||pong, the answer is no HTTP",
                "HTTP/1.1 099 OK||pong, the answer is no HTTP",
                "HTTP/1.1 +20 OK||pong, the answer is no HTTP",
                "HTTP/2.0 200 OK||pong, the answer is no HTTP",
                "-ERR unknown command|, the answer is no HTTP",
                "'', connection lost: EOFException",
            })
    void aMessageEndsWhereItSays(String answer, String reason) throws Exception {
        try (RawServer server = answering(answer)) {
            HealthResult result = run(HttpCheck.get(server.uri("http", "/")).expectingBody("is pong", "pong"::equals));

            assertThat(result.reason()).isEqualTo(reason);
        }
    }

    @Test
    void aHeadWithoutEndIsCutOff() throws Exception {
        try (RawServer server = answering(OK + "X: " + "x".repeat(70_000) + "||")) {
            assertThat(run(HttpCheck.get(server.uri("http", "/"))).reason()).isEqualTo("the answer is no HTTP");
        }
    }

    @Test
    void chunksThatAddUpAreCutOffToo() throws Exception {
        try (RawServer server = answering(OK + "Transfer-Encoding: chunked||" + "4|pong|".repeat(10) + "0||")) {
            HttpCheck check = HttpCheck.get(server.uri("http", "/")).expectingBody("is anything", body -> true);

            assertThat(run(check.bodyLimit(39)).reason()).isEqualTo("the body is longer than 39 B");
            assertThat(run(check.bodyLimit(40)).reason()).isNull();
        }
    }

    @Test
    void theRequestSaysWhatItMust() throws Exception {
        Collection<String> seen = new ConcurrentLinkedQueue<>();
        RawServer.Talk listens = socket -> {
            var buffer = new byte[4096];
            int read = socket.getInputStream().read(buffer);
            seen.add(new String(buffer, 0, read, US_ASCII));
            socket.getOutputStream().write("HTTP/1.1 204 None\r\n\r\n".getBytes(US_ASCII));
        };
        try (RawServer server = RawServer.start(listens)) {
            String host = "127.0.0.1:" + server.port();
            run(HttpCheck.get(server.uri("http", "?q=ä%20b#part")).header("X-One", "1"));
            run(HttpCheck.head(server.uri("http", "/p%C3%A4th")).header("User-Agent", "mine"));

            assertThat(seen)
                    .containsExactly(
                            "GET /?q=%C3%A4%20b HTTP/1.1\r\nHost: " + host
                                    + "\r\nUser-Agent: vitals\r\nX-One: 1\r\nConnection: close\r\n\r\n",
                            "HEAD /p%C3%A4th HTTP/1.1\r\nHost: " + host
                                    + "\r\nUser-Agent: mine\r\nConnection: close\r\n\r\n");
        }
    }
}
