package dev.vitals.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a report as Vitals JSON, bounded in depth, entries and length. */
final class HealthJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int DEEPEST = 6;
    private static final int MOST_ENTRIES = 64;
    private static final int LONGEST_TEXT = 512;

    private HealthJson() {}

    static byte[] render(HealthReport report, Probe probe) {
        var bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            writeState(json, report.status(probe), report.lifecycle());
            json.writeArrayPropertyStart("checks");
            for (HealthReport.Check check : report.checks()) {
                if (check.probes().contains(probe)) {
                    write(json, check);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    static byte[] render(HealthReport.Check check) {
        var bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            write(json, check);
        }
        return bytes.toByteArray();
    }

    /** The body for anybody: the status, and what the application is about where it is not simply at work. */
    static byte[] bare(Status status, HealthReport.Lifecycle lifecycle) {
        var bytes = new ByteArrayOutputStream(64);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            writeState(json, status, lifecycle);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void writeState(JsonGenerator json, Status status, HealthReport.Lifecycle lifecycle) {
        json.writeStringProperty("status", status.name());
        if (lifecycle != HealthReport.Lifecycle.RUNNING) {
            json.writeStringProperty("state", lifecycle.name().toLowerCase(Locale.ROOT));
        }
    }

    private static void write(JsonGenerator json, HealthReport.Check check) {
        json.writeStartObject();
        json.writeStringProperty("name", check.name());
        json.writeStringProperty("status", check.status().name());
        json.writeBooleanProperty("critical", check.critical());
        json.writeArrayPropertyStart("probes");
        for (Probe probe : Probe.values()) {
            if (probe != Probe.HEALTH && check.probes().contains(probe)) {
                json.writeString(probe.name().toLowerCase(Locale.ROOT));
            }
        }
        json.writeEndArray();
        if (check.reason() != null) {
            json.writeStringProperty("reason", safe(check.reason()));
        }
        if (check.since() != null) {
            json.writeStringProperty("since", instant(check.since()));
        }
        if (check.checkedAt() != null) {
            json.writeStringProperty("checkedAt", instant(check.checkedAt()));
        }
        if (check.duration() != null) {
            json.writeNumberProperty("durationMs", Math.round(check.duration().toNanos() / 100_000.0) / 10.0);
        }
        if (check.lateResults() > 0) {
            json.writeNumberProperty("lateResults", check.lateResults());
        }
        if (!check.details().isEmpty()) {
            json.writeName("details");
            writeValue(json, check.details(), 0);
        }
        json.writeEndObject();
    }

    /** Writes what the scrubber made: a tree of maps, collections, texts, numbers and booleans. */
    private static void writeValue(JsonGenerator json, @Nullable Object value, int depth) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Long || value instanceof Integer || value instanceof Short) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) {
            json.writeNumber(((Number) value).doubleValue());
        } else if (value instanceof Map<?, ?> map && depth < DEEPEST) {
            writeMap(json, map, depth);
        } else if (value instanceof Collection<?> items && depth < DEEPEST) {
            writeItems(json, items, depth);
        } else if (value instanceof Map<?, ?> || value instanceof Collection<?>) {
            json.writeString("…");
        } else {
            json.writeString(safe(String.valueOf(value)));
        }
    }

    private static void writeMap(JsonGenerator json, Map<?, ?> map, int depth) {
        json.writeStartObject();
        int entries = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entries++ == MOST_ENTRIES) {
                json.writeStringProperty("…", map.size() - MOST_ENTRIES + " more");
                break;
            }
            json.writeName(safe(String.valueOf(entry.getKey())));
            writeValue(json, entry.getValue(), depth + 1);
        }
        json.writeEndObject();
    }

    private static void writeItems(JsonGenerator json, Collection<?> items, int depth) {
        json.writeStartArray();
        int entries = 0;
        for (Object item : items) {
            if (entries++ == MOST_ENTRIES) {
                json.writeString("… " + (items.size() - MOST_ENTRIES) + " more");
                break;
            }
            writeValue(json, item, depth + 1);
        }
        json.writeEndArray();
    }

    /** The text, cut where it is long, and with half surrogate pairs, which UTF-8 cannot write, replaced. */
    private static String safe(String text) {
        String cut = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
        return new String(cut.getBytes(UTF_8), UTF_8);
    }

    private static String instant(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
