package dev.vitals.errors;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.sentry.EnvelopeReader;
import io.sentry.JsonSerializer;
import io.sentry.SentryEnvelope;
import io.sentry.SentryEnvelopeItem;
import io.sentry.SentryEvent;
import io.sentry.SentryItemType;
import io.sentry.SentryOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** Takes envelopes as Sentry does, keeps them as they were on the wire, and answers as it is told. */
final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<byte[]> envelopes = new LinkedBlockingQueue<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private volatile Answer answer = new Answer(200, Map.of());
    private volatile boolean holding;

    /** What it says to an envelope. */
    record Answer(int status, Map<String, String> headers) {}

    Receiver() throws IOException {
        this(0);
    }

    Receiver(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            envelopes.add(zipped ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body);
            awaitRelease();
            Answer answered = answer;
            answered.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] text = "{}".getBytes(UTF_8);
            exchange.sendResponseHeaders(answered.status(), text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
    }

    void answers(int status, Map<String, String> headers) {
        answer = new Answer(status, headers);
    }

    /** Answers nothing from now on, until {@link #release}. */
    void hold() {
        holding = true;
    }

    void release() {
        held.countDown();
    }

    private void awaitRelease() {
        try {
            if (holding && !held.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never released");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    String dsn() {
        return dsn(port());
    }

    static String dsn(int port) {
        return "http://publickey@127.0.0.1:" + port + "/1";
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

    /** {@return what has come up to now} */
    List<byte[]> all() {
        List<byte[]> seen = new ArrayList<>();
        envelopes.drainTo(seen);
        return seen;
    }

    /** {@return the items, read by Sentry's own reader, which takes the lengths in their headers at their word} */
    static List<SentryEnvelopeItem> items(byte[] envelope) {
        try {
            SentryEnvelope read = new EnvelopeReader(new JsonSerializer(new SentryOptions()))
                    .read(new ByteArrayInputStream(envelope));
            List<SentryEnvelopeItem> items = new ArrayList<>();
            Objects.requireNonNull(read).getItems().forEach(items::add);
            return items;
        } catch (IOException notAnEnvelope) {
            throw new AssertionError(new String(envelope, UTF_8), notAnEnvelope);
        }
    }

    /** {@return the events in these envelopes} */
    static List<SentryEvent> events(List<byte[]> envelopes) {
        var serializer = new JsonSerializer(new SentryOptions());
        List<SentryEvent> events = new ArrayList<>();
        for (byte[] envelope : envelopes) {
            for (SentryEnvelopeItem item : items(envelope)) {
                if (item.getHeader().getType() == SentryItemType.Event) {
                    try {
                        events.add(Objects.requireNonNull(item.getEvent(serializer)));
                    } catch (Exception notAnEvent) {
                        throw new AssertionError(new String(envelope, UTF_8), notAnEvent);
                    }
                }
            }
        }
        return events;
    }

    @Override
    public void close() {
        release();
        server.stop(0);
    }
}
