package dev.vitals.health;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The schema as it lies in the jar. */
final class VitalsSchema {
    private static final Schema SCHEMA = load();

    private VitalsSchema() {}

    /** What is wrong with a body; empty if nothing is. */
    static List<String> errors(String body) {
        return SCHEMA.validate(body, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static Schema load() {
        try (InputStream schema = HealthEndpoint.class.getResourceAsStream("/META-INF/vitals/health.schema.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
