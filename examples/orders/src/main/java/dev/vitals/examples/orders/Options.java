package dev.vitals.examples.orders;

import io.lettuce.core.RedisURI;
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
 * @param traffic requests a second that the demo sends to itself
 * @param once one round of requests, then exit
 * @param help print the help, then exit
 */
record Options(
        int port,
        int managementPort,
        @Nullable String jdbcUrl,
        @Nullable String redisUri,
        int traffic,
        boolean once,
        boolean help) {
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
                given.number("--traffic", once ? 0 : 20, 500),
                once,
                given.flags.contains("--help"));
    }

    // Neither message repeats what was given: there may be a password in it.
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
