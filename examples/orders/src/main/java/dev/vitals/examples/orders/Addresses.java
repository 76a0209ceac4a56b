package dev.vitals.examples.orders;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the demo listens.
 *
 * @param service the order service, for example {@code http://127.0.0.1:8080}
 * @param management health, metrics and faults
 * @param database what the database is, for people
 * @param redis what Redis is, for people
 * @param errors the file that says what errors would be reported, null where they are
 */
record Addresses(
        String service,
        String management,
        String database,
        String redis,
        @Nullable Path errors) {}
