package dev.vitals.health;

import dev.vitals.health.HealthReport.Check;
import dev.vitals.health.HealthReport.Lifecycle;
import dev.vitals.health.HealthReport.Point;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * MicroProfile Health 4.0, "REST interfaces specifications": a status that is UP or DOWN, and checks whose data are
 * texts, numbers and booleans. DEGRADED is UP there, with {@code "degraded": true} among the data.
 */
final class MicroProfileJson implements BodyWriter {
    /** No check can be called that: its name has a space in it. */
    private static final String STATE = "application state";

    @Override
    public byte[] bare(Probe probe, Lifecycle lifecycle, Status status) {
        return Json.object(json -> {
            json.writeStringProperty("status", word(status));
            json.writeArrayPropertyStart("checks");
            json.writeEndArray();
        });
    }

    @Override
    public byte[] probe(ProbeView view) {
        var texts = new Texts();
        HealthReport report = view.report();
        return Json.object(json -> {
            json.writeStringProperty("status", word(view.status()));
            json.writeArrayPropertyStart("checks");
            for (Check check : view.checks()) {
                write(json, check, texts);
            }
            if (report.lifecycle() != Lifecycle.RUNNING) {
                writeState(json, view, texts);
            }
            if (view.leftOut() > 0) {
                write(json, "checks left out", view.status(), Map.of("count", (long) view.leftOut()));
            }
            json.writeEndArray();
        });
    }

    @Override
    public byte[] check(HealthReport report, Check check, List<Point> history) {
        var texts = new Texts();
        return Json.object(json -> {
            json.writeStringProperty("status", word(check.status()));
            json.writeArrayPropertyStart("checks");
            write(json, check, texts);
            json.writeEndArray();
        });
    }

    /** The format has no other place for it, and a DOWN wants a check that is DOWN. */
    private static void writeState(JsonGenerator json, ProbeView view, Texts texts) {
        texts.nextCheck();
        Map<String, Object> data = new LinkedHashMap<>();
        put(data, "state", Texts.state(view.report().lifecycle()));
        String maintenance = view.report().maintenance();
        put(data, "maintenance", maintenance == null ? null : texts.scrubbed(maintenance));
        write(json, STATE, view.probe() == Probe.READINESS ? view.status() : Status.UP, data);
    }

    private static void write(JsonGenerator json, Check check, Texts texts) {
        texts.nextCheck();
        Map<String, Object> data = new LinkedHashMap<>();
        put(data, "degraded", check.status() == Status.DEGRADED ? true : null);
        put(data, "optional", check.critical() ? null : true);
        put(data, "reason", check.reason() == null ? null : texts.scrubbed(check.reason()));
        put(data, "cause", check.cause() == null ? null : texts.scrubbed(check.cause()));
        Flat.of(check.details(), texts).forEach(data::putIfAbsent);
        write(json, check.name(), check.status(), data);
    }

    private static void write(JsonGenerator json, String name, Status status, Map<String, Object> data) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeStringProperty("status", word(status));
        if (!data.isEmpty()) {
            json.writeObjectPropertyStart("data");
            data.forEach((key, value) -> {
                if (value instanceof Boolean truth) {
                    json.writeBooleanProperty(key, truth);
                } else if (value instanceof Long number) {
                    json.writeNumberProperty(key, number);
                } else if (value instanceof Double number) {
                    json.writeNumberProperty(key, number);
                } else {
                    json.writeStringProperty(key, String.valueOf(value));
                }
            });
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void put(Map<String, Object> data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value);
        }
    }

    private static String word(Status status) {
        return status == Status.DOWN ? "DOWN" : "UP";
    }
}
