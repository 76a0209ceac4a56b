package dev.vitals.examples.orders;

import io.lettuce.core.RedisURI;
import java.net.URI;
import java.net.URISyntaxException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param port where the service listens, 0 for any free port
 * @param managementPort where health and metrics are served, 0 for any free port
 * @param jdbcUrl a PostgreSQL of the user's own, or null for an embedded one
 * @param redisUri a Redis of the user's own, or null for an embedded one
 * @param traces where traces go, and which
 * @param sentryDsn where errors are reported, or null for a file that says what would be sent
 * @param traffic requests a second that the demo sends to itself
 * @param once one round of requests, then exit
 * @param help print the help, then exit
 */
record Options(
        int port,
        int managementPort,
        @Nullable String jdbcUrl,
        @Nullable String redisUri,
        Traces traces,
        @Nullable String sentryDsn,
        int traffic,
        boolean once,
        boolean help) {
    /**
     * What becomes of traces.
     *
     * @param environment the {@code deployment.environment.name} of every span
     * @param otlp a collector's address for OTLP over HTTP, or null for none
     * @param zipkin a Zipkin's address, or null for none
     */
    record Traces(
            String environment,
            @Nullable String otlp,
            @Nullable String zipkin) {}

    static final String HELP = """
            Usage: ./demo [options]

            An order service with Vitals in it: on PostgreSQL and Redis, with traffic of its own and faults to switch on.
            Everything listens on 127.0.0.1. Ctrl-C stops it and leaves nothing behind.

              --port N              where the service listens (8080; 0: any free port)
              --management-port N   where health, metrics and faults are served (8081; 0: any free port)
              --traffic N           requests a second that the demo sends to itself (20; 0: none; at most 500)
              --jdbc-url URL        a PostgreSQL of your own instead of the embedded one; the demo makes the schema
                                    vitals_demo in it and leaves it there. Also ORDERS_JDBC_URL
              --redis-uri URI       a Redis of your own instead of the embedded one; the demo writes keys that begin
                                    with vitals-demo: and that expire. Also ORDERS_REDIS_URI
              --zipkin URL          a Zipkin that gets every trace, such as http://127.0.0.1:9411; look at them there.
                                    Also ORDERS_ZIPKIN_URL. Or over OTLP, to whoever takes it (Jaeger, Tempo, a
                                    collector): OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318
              --sentry-dsn DSN      a Sentry that errors are reported to; without one a file says what would be sent.
                                    Also SENTRY_DSN
              --environment NAME    where it runs, as traces and errors tell it (demo); production keeps one trace in ten.
                                    Also ORDERS_ENVIRONMENT
              --once                start, send one request through every route, print the health, stop; exit code 0
                                    if all was as it must be (on free ports, unless ports are given)
              --help                this text
            """;

    static Options parse(List<String> arguments, Map<String, String> environment) throws BadInput {
        var given = new Given(arguments);
        boolean once = given.flags.contains("--once");
        String jdbcUrl = given.values.getOrDefault("--jdbc-url", environment.get("ORDERS_JDBC_URL"));
        String redisUri = given.values.getOrDefault("--redis-uri", environment.get("ORDERS_REDIS_URI"));
        return new Options(
                given.number("--port", once ? 0 : 8080, 65535),
                given.number("--management-port", once ? 0 : 8081, 65535),
                checkedJdbcUrl(jdbcUrl),
                checkedRedisUri(redisUri),
                traces(given, environment),
                checkedDsn(given.values.getOrDefault("--sentry-dsn", environment.get("SENTRY_DSN"))),
                given.number("--traffic", once ? 0 : 20, 500),
                once,
                given.flags.contains("--help"));
    }

    private static Traces traces(Given given, Map<String, String> environment) throws BadInput {
        String zipkin = given.values.getOrDefault("--zipkin", environment.get("ORDERS_ZIPKIN_URL"));
        String name = given.values.getOrDefault("--environment", environment.get("ORDERS_ENVIRONMENT"));
        return new Traces(
                name == null || name.isBlank() ? "demo" : name,
                httpUrl(
                        environment.get("OTEL_EXPORTER_OTLP_ENDPOINT"),
                        "OTEL_EXPORTER_OTLP_ENDPOINT is no HTTP URL: write it like http://127.0.0.1:4318"),
                httpUrl(zipkin, "--zipkin (ORDERS_ZIPKIN_URL) is no HTTP URL: write it like http://127.0.0.1:9411"));
    }

    private static @Nullable String httpUrl(@Nullable String url, String complaint) throws BadInput {
        if (url == null || url.isEmpty()) {
            return null;
        }
        try {
            var uri = new URI(url);
            if (List.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null) {
                return url.replaceAll("/+$", "");
            }
        } catch (URISyntaxException malformed) {
            // Said below.
        }
        throw new BadInput(complaint);
    }

    // No message repeats what was given: there may be a password in it.
    private static @Nullable String checkedJdbcUrl(@Nullable String url) throws BadInput {
        if (url == null || url.isEmpty()) {
            return null;
        }
        try {
            DriverManager.getDriver(url);
        } catch (SQLException malformed) {
            throw new BadInput("--jdbc-url (ORDERS_JDBC_URL) is no PostgreSQL URL: write it like"
                    + " jdbc:postgresql://127.0.0.1:5432/orders?user=me&password=secret");
        }
        return url;
    }

    private static @Nullable String checkedDsn(@Nullable String dsn) throws BadInput {
        if (dsn == null || dsn.isEmpty()) {
            return null;
        }
        try {
            var uri = new URI(dsn);
            if (uri.getUserInfo() != null
                    && uri.getHost() != null
                    && uri.getPath().matches(".*/\\d+")) {
                return dsn;
            }
        } catch (URISyntaxException malformed) {
            // Said below.
        }
        throw new BadInput("--sentry-dsn (SENTRY_DSN) is no DSN: Sentry shows it in the project's settings, like"
                + " https://key@sentry.example/1");
    }

    private static @Nullable String checkedRedisUri(@Nullable String uri) throws BadInput {
        if (uri == null || uri.isEmpty()) {
            return null;
        }
        try {
            RedisURI.create(uri);
            return uri;
        } catch (IllegalArgumentException malformed) {
            throw new BadInput(
                    "--redis-uri (ORDERS_REDIS_URI) is no Redis URI: write it like redis://:secret@127.0.0.1:6379/0");
        }
    }
}
