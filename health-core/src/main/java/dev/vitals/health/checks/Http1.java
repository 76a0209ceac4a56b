package dev.vitals.health.checks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One request over a connection of its own, on the calling thread: no client, no pool, no thread, nothing that could be left.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>
 */
final class Http1 implements Exchange {
    private static final int LONGEST_HEAD = 64 * 1024;

    @Override
    public Answer send(HttpRequest request, int limit, boolean keep, Deadline deadline) throws IOException {
        try (Line line = Line.open(request.uri(), null, deadline)) {
            line.write(head(request, "Connection: close\r\n"));
            Head head = readHead(line);
            var body = new Sink(limit, keep);
            if (!request.method().equals("HEAD") && head.status() != 204 && head.status() != 304) {
                readBody(line, head, body);
            }
            return new Answer(head.status(), head.fields().get("location"), body.kept.toString(UTF_8), !body.over());
        }
    }

    /**
     * The status and the fields of an answer.
     *
     * @param status the status
     * @param fields the first value of each, by its name in lower case
     */
    record Head(int status, Map<String, String> fields) {}

    /** The request's line and fields; the JDK has seen to it that none holds a line break. */
    static byte[] head(HttpRequest request, String more) {
        URI uri = URI.create(request.uri().toASCIIString());
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        var head = new StringBuilder(256)
                .append(request.method())
                .append(' ')
                .append(path)
                .append(query)
                .append(" HTTP/1.1\r\nHost: ")
                .append(uri.getHost())
                .append(uri.getPort() < 0 ? "" : ":" + uri.getPort())
                .append("\r\n");
        Map<String, java.util.List<String>> fields = request.headers().map();
        if (!fields.containsKey("User-Agent")) {
            head.append("User-Agent: vitals\r\n");
        }
        fields.forEach((name, values) -> values.forEach(
                value -> head.append(name).append(": ").append(value).append("\r\n")));
        return head.append(more).append("\r\n").toString().getBytes(ISO_8859_1);
    }

    static Head readHead(Line line) throws IOException {
        var budget = new int[] {LONGEST_HEAD};
        Head head;
        do {
            int status = status(readLine(line, budget));
            var fields = new HashMap<String, String>();
            for (String field = readLine(line, budget); !field.isEmpty(); field = readLine(line, budget)) {
                int colon = field.indexOf(':');
                if (colon < 1) {
                    throw new ProtocolException("a field without its name");
                }
                fields.putIfAbsent(
                        field.substring(0, colon).toLowerCase(Locale.ROOT),
                        field.substring(colon + 1).strip());
            }
            head = new Head(status, fields);
            // What comes before the answer itself (RFC 9110, section 15.2); 101 is the last word of HTTP.
        } while (head.status() < 200 && head.status() != 101);
        return head;
    }

    private static int status(String line) throws ProtocolException {
        boolean http = line.length() >= 12 && line.startsWith("HTTP/1.") && line.charAt(8) == ' ';
        int status = http ? number(line.substring(9, 12), 10) : 0;
        if (status < 100 || status > 599 || (line.length() > 12 && line.charAt(12) != ' ')) {
            throw new ProtocolException("no status line");
        }
        return status;
    }

    private static String readLine(Line line, int[] budget) throws IOException {
        var text = new StringBuilder();
        for (int next = line.readOrFail(); next != '\n'; next = line.readOrFail()) {
            if (--budget[0] < 0) {
                throw new ProtocolException("too long a head");
            }
            text.append((char) next);
        }
        budget[0]--;
        int end = text.length();
        return end > 0 && text.charAt(end - 1) == '\r' ? text.substring(0, end - 1) : text.toString();
    }

    private static void readBody(Line line, Head head, Sink body) throws IOException {
        String coding = head.fields().get("transfer-encoding");
        String length = head.fields().get("content-length");
        if (coding != null && coding.toLowerCase(Locale.ROOT).endsWith("chunked")) {
            readChunks(line, body);
        } else if (coding == null && length != null) {
            readBytes(line, number(length, 10), body);
        } else {
            for (int next = line.read(); next >= 0 && !body.over(); next = line.read()) {
                body.take(next);
            }
        }
    }

    private static void readChunks(Line line, Sink body) throws IOException {
        var budget = new int[] {LONGEST_HEAD};
        while (!body.over()) {
            String size = readLine(line, budget);
            int extension = size.indexOf(';');
            int bytes = number((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
            if (bytes == 0) {
                return;
            }
            readBytes(line, bytes, body);
            if (!body.over() && !readLine(line, budget).isEmpty()) {
                throw new ProtocolException("a chunk without its end");
            }
        }
    }

    private static void readBytes(Line line, int bytes, Sink body) throws IOException {
        for (int i = 0; i < bytes && !body.over(); i++) {
            body.take(line.readOrFail());
        }
    }

    /** A number of a length, where more than an {@code int} holds is as good as the largest. */
    private static int number(String digits, int radix) throws ProtocolException {
        try {
            long number = Long.parseLong(digits, radix);
            if (number >= 0 && Character.digit(digits.charAt(0), radix) >= 0) {
                return (int) Math.min(number, Integer.MAX_VALUE);
            }
        } catch (NumberFormatException none) {
            // It is refused below.
        }
        throw new ProtocolException("no number where one belongs");
    }

    /** Takes a body up to its limit. */
    private static final class Sink {
        final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final int limit;
        private final boolean keep;
        private long seen;

        Sink(int limit, boolean keep) {
            this.limit = limit;
            this.keep = keep;
        }

        void take(int next) {
            seen++;
            if (keep && !over()) {
                kept.write(next);
            }
        }

        boolean over() {
            return seen > limit;
        }
    }
}
