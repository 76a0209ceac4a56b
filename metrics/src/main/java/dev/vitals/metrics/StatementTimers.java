package dev.vitals.metrics;

import dev.vitals.scrubbing.Scrubber;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import org.jspecify.annotations.Nullable;

/** A timer for each kind of statement. Called between the application and its driver, so nothing may come out of it. */
final class StatementTimers implements QueryExecutionListener {
    static final int MOST_ERROR_TYPES = 20;

    private static final String UNKNOWN_SYSTEM = "other_sql";
    private static final String NO_ERROR = "";
    private static final Duration[] BUCKETS = Stream.of(1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    /** The timers of one database, by operation, for statements that end well. */
    private record Database(String system, ConcurrentHashMap<String, Timer> timers) {
        Database(String system) {
            this(system, new ConcurrentHashMap<>());
        }
    }

    private final MeterRegistry registry;
    private final BoundedLabel errorTypes;
    private final OneComplaint complaint = new OneComplaint("a statement");
    private volatile @Nullable Database database;

    StatementTimers(MeterRegistry registry) {
        this.registry = registry;
        errorTypes = new BoundedLabel(
                registry, Scrubber.standard(), ClientDefinitions.DB_DURATION.meter(), "error.type", MOST_ERROR_TYPES);
    }

    /** While the connection is sure to be there: the driver knows the product's name without asking the server. */
    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        if (database == null) {
            try {
                Statement statement = execution.getStatement();
                database = new Database(
                        system(statement.getConnection().getMetaData().getDatabaseProductName()));
            } catch (SQLException | RuntimeException | LinkageError notNow) {
                complaint.about(notNow);
            }
        }
    }

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        try {
            timer(operation(execution, queries), execution.getThrowable())
                    .record(Math.max(0, execution.getElapsedTime()), TimeUnit.NANOSECONDS);
        } catch (RuntimeException | LinkageError failed) {
            complaint.about(failed);
        }
    }

    private static String operation(ExecutionInfo execution, List<QueryInfo> queries) {
        String first = queries.isEmpty()
                ? BoundedLabel.OTHER
                : SqlOperation.of(queries.get(0).getQuery());
        if (!execution.isBatch()) {
            return first;
        }
        boolean allTheSame = true;
        for (int i = 1; allTheSame && i < queries.size(); i++) {
            allTheSame = SqlOperation.of(queries.get(i).getQuery()).equals(first);
        }
        return SqlOperation.ofBatch(first, allTheSame);
    }

    private Timer timer(String operation, @Nullable Throwable thrown) {
        Database known = database;
        if (known == null || thrown != null) {
            String errorType =
                    thrown == null ? NO_ERROR : errorTypes.of(thrown.getClass().getName());
            return register(known == null ? UNKNOWN_SYSTEM : known.system(), operation, errorType);
        }
        Timer timer = known.timers().get(operation);
        if (timer == null) {
            timer = register(known.system(), operation, NO_ERROR);
            known.timers().put(operation, timer);
        }
        return timer;
    }

    private Timer register(String system, String operation, String errorType) {
        return Timer.builder(ClientDefinitions.DB_DURATION.meter())
                .description(ClientDefinitions.DB_DURATION.description())
                .tags("db.system.name", system, "db.operation.name", operation, "error.type", errorType)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** By OpenTelemetry's names for them. */
    static String system(@Nullable String product) {
        String name = product == null ? "" : product.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "postgresql", "mysql", "mariadb", "sqlite" -> name;
            case "h2" -> "h2database";
            case "hsql database engine" -> "hsqldb";
            case "apache derby" -> "derby";
            case "oracle" -> "oracle.db";
            case "microsoft sql server" -> "microsoft.sql_server";
            default -> name.startsWith("db2") ? "ibm.db2" : UNKNOWN_SYSTEM;
        };
    }
}
