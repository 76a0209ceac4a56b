package dev.vitals.integration.peers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Probes at a fixed pace, whatever comes back: each has its place in the schedule, and its latency counts from there,
 * so that a slow answer does not hide those behind it. On one thread, the caller's, over connections kept alive.
 */
final class Load implements AutoCloseable {
    private static final int MOST_BYTES = 16 * 1024;

    private final InetSocketAddress address;
    private final ByteBuffer request;
    private final long periodNanos;
    private final long limitNanos;
    private final Selector selector = Selector.open();
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final ArrayDeque<Probe> waiting = new ArrayDeque<>();
    private final Map<Integer, Integer> statuses = new TreeMap<>();
    /** By place in the schedule; 0 where no answer came. */
    private final long[] latencies;

    private Load(int port, String path, int perSecond, Duration time, Duration limit) throws IOException {
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        request = ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(US_ASCII));
        periodNanos = 1_000_000_000L / perSecond;
        limitNanos = limit.toNanos();
        latencies = new long[Math.toIntExact(time.toNanos() / periodNanos)];
    }

    /** What came of it. A probe is answered if any complete answer came within a second of its place in the schedule. */
    record Figures(int sent, int answered, Map<Integer, Integer> statuses, List<Long> nanos, double usualP99) {
        double millis(double share) {
            return nanos.isEmpty() ? Double.NaN : nanos.get((int) ((nanos.size() - 1) * share)) / 1e6;
        }

        @Override
        public String toString() {
            return String.format(
                    "%d of %d answered %s, p50 %.1f ms, p99 %.1f ms (in the median second %.1f ms), longest %.1f ms",
                    answered, sent, statuses, millis(0.5), millis(0.99), usualP99, millis(1));
        }
    }

    static Figures on(Peer peer, String path, int perSecond, Duration time) throws IOException {
        try (var load = new Load(peer.port(), path, perSecond, time, Duration.ofSeconds(1))) {
            load.run();
            return load.figures(perSecond);
        }
    }

    static Figures on(Peer peer, int perSecond, Duration time) throws IOException {
        return on(peer, peer.readiness(), perSecond, time);
    }

    private void run() throws IOException {
        long start = System.nanoTime();
        int next = 0;
        while (next < latencies.length || !waiting.isEmpty()) {
            long now = System.nanoTime();
            while (next < latencies.length && now - (start + next * periodNanos) >= 0) {
                send(next, start + next * periodNanos);
                next++;
            }
            giveUp(now);
            long wait = next < latencies.length ? start + next * periodNanos - now : 5_000_000;
            // In whole milliseconds: up to one of them counts as latency.
            selector.select(key -> ((Connection) key.attachment()).advance(), Math.max(1, wait / 1_000_000));
        }
    }

    private void send(int place, long due) throws IOException {
        var probe = new Probe(place, due);
        waiting.add(probe);
        Connection connection = idle.pollLast();
        (connection == null ? new Connection() : connection).ask(probe);
    }

    /** In order of their places, so that those who have waited longest come first. */
    private void giveUp(long now) {
        while (!waiting.isEmpty() && (waiting.peek().connection == null || now - waiting.peek().due >= limitNanos)) {
            Connection asked = waiting.poll().connection;
            if (asked != null) {
                asked.close();
            }
        }
    }

    private Figures figures(int perSecond) {
        long[] answered = sorted(latencies);
        List<Long> p99s = new ArrayList<>();
        for (int from = 0; from < latencies.length; from += perSecond) {
            long[] second = sorted(Arrays.copyOfRange(latencies, from, Math.min(from + perSecond, latencies.length)));
            if (second.length > 0) {
                p99s.add(second[(second.length - 1) * 99 / 100]);
            }
        }
        p99s.sort(null);
        double usual = p99s.isEmpty() ? Double.NaN : p99s.get(p99s.size() / 2) / 1e6;
        return new Figures(
                latencies.length,
                answered.length,
                statuses,
                Arrays.stream(answered).boxed().toList(),
                usual);
    }

    private static long[] sorted(long[] latencies) {
        return Arrays.stream(latencies).filter(nanos -> nanos > 0).sorted().toArray();
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    /** One place in the schedule. */
    private static final class Probe {
        final int place;
        final long due;
        /** That it waits for, or null when its wait is over. */
        @Nullable
        Connection connection;

        Probe(int place, long due) {
            this.place = place;
            this.due = due;
        }
    }

    /** One connection, idle or at work for one probe. */
    private final class Connection {
        private final SocketChannel channel = SocketChannel.open();
        private final ByteBuffer answer = ByteBuffer.allocate(MOST_BYTES);
        private @Nullable Probe probe;
        private boolean used;

        Connection() throws IOException {
            channel.configureBlocking(false);
            boolean connected = channel.connect(address);
            channel.register(selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
        }

        void ask(Probe next) throws IOException {
            probe = next;
            next.connection = this;
            if (channel.isConnected()) {
                // A socket whose last answer came has room for so short a request.
                channel.write(request.duplicate());
            }
        }

        void advance() {
            try {
                if (!channel.isConnected()) {
                    channel.finishConnect();
                    channel.keyFor(selector).interestOps(SelectionKey.OP_READ);
                    channel.write(request.duplicate());
                } else if (channel.read(answer) < 0) {
                    lose();
                } else if (isComplete()) {
                    finish();
                }
            } catch (IOException lost) {
                lose();
            }
        }

        private void finish() {
            if (probe != null) {
                long nanos = System.nanoTime() - probe.due;
                if (nanos < limitNanos) {
                    latencies[probe.place] = nanos;
                    statuses.merge(Integer.parseInt(new String(answer.array(), 9, 3, US_ASCII)), 1, Integer::sum);
                }
                probe.connection = null;
                probe = null;
            }
            used = true;
            answer.clear();
            idle.add(this);
        }

        /** A server may close an idle connection just as it is asked over it: then it is asked over a new one. */
        private void lose() {
            Probe asked = probe;
            boolean again = asked != null && used && answer.position() == 0;
            close();
            if (asked != null && again) {
                try {
                    new Connection().ask(asked);
                } catch (IOException refused) {
                    asked.connection = null;
                }
            }
        }

        private boolean isComplete() {
            String text = new String(answer.array(), 0, answer.position(), US_ASCII);
            int body = text.indexOf("\r\n\r\n") + 4;
            if (body < 4) {
                return false;
            }
            String head = text.substring(0, body).toLowerCase(Locale.ROOT);
            int length = head.indexOf("content-length:") + 15;
            return length < 15
                    ? text.endsWith("0\r\n\r\n")
                    : text.length() - body
                            >= Integer.parseInt(head.substring(length, head.indexOf('\r', length))
                                    .strip());
        }

        void close() {
            if (probe != null) {
                probe.connection = null;
                probe = null;
            }
            idle.remove(this);
            try {
                channel.close();
            } catch (IOException closed) {
                throw new IllegalStateException(closed);
            }
        }
    }
}
