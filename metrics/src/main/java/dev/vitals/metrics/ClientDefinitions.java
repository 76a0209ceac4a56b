package dev.vitals.metrics;

import static dev.vitals.metrics.Definition.bounded;
import static dev.vitals.metrics.MetricCatalogue.Type.COUNTER;
import static dev.vitals.metrics.MetricCatalogue.Type.GAUGE;
import static dev.vitals.metrics.MetricCatalogue.Type.HISTOGRAM;
import static dev.vitals.metrics.MetricCatalogue.Type.SUMMARY;

import dev.vitals.metrics.MetricCatalogue.Label;
import java.util.List;

/** The meters of an application's way to what it depends on; those of HikariCP and Resilience4j are named by these. */
final class ClientDefinitions {
    static final Definition DB_DURATION = new Definition(
            "db.client.operation.duration",
            HISTOGRAM,
            "seconds",
            List.of(
                    bounded(
                            "db.system.name",
                            10,
                            "`postgresql`, `mysql`, `mariadb`, `h2database` and the like; else `other_sql`"),
                    bounded(
                            "db.operation.name",
                            2 * SqlOperation.WORDS.size() + 3,
                            "the statement's first word, `BATCH ` before it for a batch; `_OTHER` where it is none of"
                                    + " SQL's usual"),
                    bounded(
                            "error.type",
                            StatementTimers.MOST_ERROR_TYPES + 2,
                            "the class of the exception, `_OTHER` past the bound; empty without one")),
            "Duration of database operations");
    static final Definition REDIS_COMPLETION = new Definition(
            "lettuce.command.completion",
            SUMMARY,
            "seconds",
            List.of(
                    bounded("command", RedisCommands.MOST_COMMANDS + 1, "the command, `_OTHER` past the bound"),
                    bounded("remote", RedisCommands.MOST_REMOTES + 1, "host and port, `_OTHER` past the bound")),
            "Duration of Redis commands from sending to the whole answer");

    private static final List<Label> POOL = List.of(bounded("pool", 100, "the pools, by their names"));
    private static final Label BREAKER = bounded("name", 100, "the circuit breakers");

    private static final List<Definition> POOLS = List.of(
            ofPool("hikaricp.connections", GAUGE, "", "Total connections"),
            ofPool("hikaricp.connections.active", GAUGE, "", "Active connections"),
            ofPool("hikaricp.connections.idle", GAUGE, "", "Idle connections"),
            ofPool("hikaricp.connections.pending", GAUGE, "", "Pending threads"),
            ofPool("hikaricp.connections.max", GAUGE, "", "Max connections"),
            ofPool("hikaricp.connections.min", GAUGE, "", "Min connections"),
            ofPool("hikaricp.connections.acquire", SUMMARY, "seconds", "Connection acquire time"),
            ofPool("hikaricp.connections.usage", SUMMARY, "seconds", "Connection usage time"),
            ofPool("hikaricp.connections.creation", SUMMARY, "seconds", "Connection creation time"),
            ofPool("hikaricp.connections.timeout", COUNTER, "", "Connection timeout total count"));

    private static final List<Definition> BREAKERS = List.of(
            ofBreaker(
                    "state",
                    GAUGE,
                    List.of(BREAKER, bounded("state", 6, "`closed`, `open`, `half_open` and the like")),
                    "The states of the circuit breaker"),
            ofBreaker("failure.rate", GAUGE, List.of(BREAKER), "The failure rate of the circuit breaker"),
            ofBreaker("slow.call.rate", GAUGE, List.of(BREAKER), "The slow call of the circuit breaker"),
            ofBreaker("buffered.calls", GAUGE, kinds(2), "The number of buffered calls stored in the ring buffer"),
            ofBreaker("slow.calls", GAUGE, kinds(2), "The number of calls which were slower than a certain threshold"),
            new Definition("resilience4j.circuitbreaker.calls", SUMMARY, "seconds", kinds(3), "Total number of calls"),
            ofBreaker("not.permitted.calls", COUNTER, kinds(1), "Total number of not permitted calls"));

    static final List<Definition> ALL = List.of(List.of(DB_DURATION, REDIS_COMPLETION), POOLS, BREAKERS).stream()
            .flatMap(List::stream)
            .toList();

    private ClientDefinitions() {}

    private static Definition ofPool(String meter, MetricCatalogue.Type type, String unit, String description) {
        return new Definition(meter, type, unit, POOL, description);
    }

    private static Definition ofBreaker(
            String suffix, MetricCatalogue.Type type, List<Label> labels, String description) {
        return new Definition("resilience4j.circuitbreaker." + suffix, type, "", labels, description);
    }

    private static List<Label> kinds(int most) {
        return List.of(BREAKER, bounded("kind", most, "`successful`, `failed`, `ignored`, `not_permitted`"));
    }
}
