package dev.vitals.errors;

import io.sentry.Breadcrumb;
import io.sentry.SpanContext;
import io.sentry.protocol.SentrySpan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in a report an object or an array is.
 *
 * @param outer what it is in; null for the report itself
 * @param name what it goes by, in an array what the array goes by; empty for the report itself
 * @param statement whether it tells of a statement to a database: a span or a breadcrumb of one
 */
record Place(@Nullable Place outer, String name, boolean statement) {
    static final Place REPORT = new Place(null, "", false);

    Place inner(String name, boolean statement) {
        // What a breadcrumb or a span tells beyond its text stands in its data.
        return new Place(this, name, statement || (this.statement && name.equals("data")));
    }

    /** {@return the name of what it is in} */
    String outerName() {
        return outer == null ? "" : outer.name;
    }

    /** {@return whether a value, before it is written, tells of a statement to a database} */
    static boolean isStatement(@Nullable Object value) {
        if (value instanceof SentrySpan span) {
            return isDatabase(span.getOp());
        }
        if (value instanceof SpanContext span) {
            return isDatabase(span.getOperation());
        }
        if (value instanceof Breadcrumb crumb) {
            return isDatabase(crumb.getCategory()) || isDatabase(crumb.getType());
        }
        return value instanceof Map<?, ?> map
                && (isDatabase(map.get("op")) || isDatabase(map.get("category")) || isDatabase(map.get("type")));
    }

    // "db.redis" and the like speak no SQL.
    private static boolean isDatabase(@Nullable Object kind) {
        return kind instanceof String name
                && (name.equals("query")
                        || name.startsWith("sql")
                        || (name.startsWith("db") && !name.startsWith("db.redis")));
    }
}
