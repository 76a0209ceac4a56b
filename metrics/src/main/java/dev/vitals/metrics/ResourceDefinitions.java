package dev.vitals.metrics;

import static dev.vitals.metrics.Definition.bounded;
import static dev.vitals.metrics.MetricCatalogue.Type.GAUGE;
import static dev.vitals.metrics.MetricCatalogue.Type.HISTOGRAM;

import java.util.List;

/** The meters of what an application stands on: the JVM, its container, databases. */
final class ResourceDefinitions {
    static final Definition CONTAINER_MEMORY_LIMIT = new Definition(
            "vitals.container.memory.limit", GAUGE, "bytes", List.of(), "How much memory the container may use");
    static final Definition CONTAINER_MEMORY_USED = new Definition(
            "vitals.container.memory.used",
            GAUGE,
            "bytes",
            List.of(),
            "How much memory the container uses, without what the kernel can take back");
    static final Definition DB_DURATION = new Definition(
            "db.client.operation.duration",
            HISTOGRAM,
            "seconds",
            List.of(
                    bounded(
                            "db.system.name",
                            8,
                            "`postgresql`, `mysql`, `mariadb`, `h2` and the like; else `other_sql`"),
                    bounded(
                            "db.operation.name",
                            12,
                            "the statement's first word; `_OTHER` where it is none of SQL's usual"),
                    bounded(
                            "error.type",
                            52,
                            "the class of the exception, `_OTHER` past the bound; empty without one")),
            "Duration of database operations");

    static final List<Definition> ALL = List.of(CONTAINER_MEMORY_LIMIT, CONTAINER_MEMORY_USED, DB_DURATION);

    private ResourceDefinitions() {}
}
