package dev.vitals.errors;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** Takes envelopes as Sentry does, and keeps them as they were on the wire. */
final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<byte[]> envelopes = new LinkedBlockingQueue<>();

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            envelopes.add(zipped ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body);
            byte[] answer = "{}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    String dsn() {
        return "http://publickey@127.0.0.1:" + server.getAddress().getPort() + "/1";
    }

    /** {@return all envelopes up to the first that is wanted, which comes last} */
    List<byte[]> until(Predicate<byte[]> wanted) throws InterruptedException {
        List<byte[]> seen = new ArrayList<>();
        while (true) {
            byte[] envelope = envelopes.poll(20, TimeUnit.SECONDS);
            if (envelope == null) {
                throw new AssertionError("nothing more came after " + seen.size() + " envelopes");
            }
            seen.add(envelope);
            if (wanted.test(envelope)) {
                return seen;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
