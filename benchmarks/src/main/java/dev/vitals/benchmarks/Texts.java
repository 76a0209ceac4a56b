package dev.vitals.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** What is scrubbed in the benchmarks, by name. Nothing in it is anybody's. */
final class Texts {
    private static final int JSON = 10_240;
    private static final int LOG = 1 << 20;

    private static final String FINDINGS =
            "2026-11-21T07:15:47.123Z  WARN 4711 --- [nio-8080-exec-3] com.acme.shop.PaymentService : charge for"
                    + " jane.doe@mail.acme.com with card 4539148803436467 failed, login was app password=hunter2secret"
                    + " retry";

    private static final String[] LINES = {
        "%s  INFO 4711 --- [nio-8080-exec-%d] com.acme.shop.OrderService               : order %d placed in %d ms",
        "%s DEBUG 4711 --- [nio-8080-exec-%d] org.hibernate.SQL                        : select o1_0.id,o1_0.total"
                + " from orders o1_0 where o1_0.id=? and o1_0.state=? -- %d rows in %d ms",
        "%s  INFO 4711 --- [onPool-worker-%d] com.zaxxer.hikari.pool.HikariPool        : HikariPool-1 - Pool stats"
                + " (total=10, active=%d, idle=0, waiting=%d)",
        "%s  WARN 4711 --- [nio-8080-exec-%d] c.a.shop.client.StockClient              : trace_id="
                + "4bf92f3577b34da6a3ce929d0e%06d attempt 2 of 3 after %d ms: java.net.SocketTimeoutException: Read"
                + " timed out",
        "%s  INFO 4711 --- [nio-8080-exec-%d] access : GET /orders/%d?page=2&size=50 HTTP/1.1 200 %d",
        "%s TRACE 4711 --- [nio-8080-exec-%d] o.s.web.servlet.DispatcherServlet        : Completed 200 OK,"
                + " headers={masked}, id 550e8400-e29b-41d4-a716-446655%06d, %d bytes",
    };

    private Texts() {}

    static String named(String name) {
        return switch (name) {
            case "line" ->
                "2026-11-21T07:15:47.123Z  INFO 4711 --- [nio-8080-exec-3] com.acme.shop.OrderService : order 1000042"
                        + " placed in 12 ms";
            case "findings" -> FINDINGS;
            case "trace" -> stackTrace();
            case "json" -> json(false);
            case "jsonFindings" -> json(true);
            case "log" -> log();
            default -> throw new IllegalArgumentException("no text of this name: " + name);
        };
    }

    private static String stackTrace() {
        try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream("stack-trace.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String json(boolean findings) {
        StringBuilder json = new StringBuilder("{\"page\":1,\"orders\":[");
        for (int i = 0; json.length() < JSON - 330; i++) {
            json.append(i == 0 ? "" : ",")
                    .append(String.format(
                            Locale.ROOT,
                            "{\"id\":%d,\"placedAt\":\"2026-11-21T07:%02d:47Z\",\"state\":\"PAID\",\"vip\":false,"
                                    + "\"customer\":{\"name\":\"Jane Doe\",\"city\":\"Berlin\"},"
                                    + "\"lines\":[{\"sku\":\"A-%d\",\"quantity\":2,\"price\":12.50},"
                                    + "{\"sku\":\"B-%d\",\"quantity\":1,\"price\":129.90}],"
                                    + "\"note\":\"please ring twice\"",
                            1_000_000 + i,
                            i % 60,
                            100 + i,
                            200 + i));
            if (findings && i % 8 == 0) {
                json.append(",\"email\":\"jane.doe@mail.acme.com\",\"password\":\"hunter2secret\"");
            }
            json.append('}');
        }
        return json.append("]}").toString();
    }

    private static String log() {
        StringBuilder log = new StringBuilder(LOG + 300);
        for (int i = 0; log.length() < LOG; i++) {
            String time = String.format(Locale.ROOT, "2026-11-21T07:%02d:%02d.%03dZ", i / 60 % 60, i % 60, i % 1000);
            log.append(String.format(Locale.ROOT, LINES[i % LINES.length], time, i % 10, 100_000 + i, i % 97))
                    .append('\n');
            if (i % 500 == 250) {
                log.append(FINDINGS).append('\n');
            }
        }
        return log.toString();
    }
}
