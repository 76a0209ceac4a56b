package dev.vitals.health;

import dev.vitals.health.HealthReport.Check;
import dev.vitals.health.HealthReport.Lifecycle;
import dev.vitals.health.HealthReport.Point;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The Health Check Response Format for HTTP APIs, draft-inadarei-api-health-check-06. A check is the component of its
 * name; how long it took and what it measured are observations of that component, {@code database:responseTime}.
 */
final class IetfJson implements BodyWriter {
    @Override
    public byte[] bare(Probe probe, Lifecycle lifecycle, Status status) {
        return Json.object(json -> writeState(json, status, lifecycle, null));
    }

    @Override
    public byte[] probe(ProbeView view) {
        var texts = new Texts();
        return Json.object(json -> {
            String maintenance = view.report().maintenance();
            writeState(
                    json,
                    view.status(),
                    view.report().lifecycle(),
                    maintenance == null ? null : texts.scrubbed(maintenance));
            if (view.leftOut() > 0) {
                json.writeStringProperty("description", view.leftOut() + " more checks are left out");
            }
            json.writeObjectPropertyStart("checks");
            for (Check check : view.checks()) {
                write(json, check, texts);
            }
            json.writeEndObject();
        });
    }

    @Override
    public byte[] check(HealthReport report, Check check, List<Point> history) {
        var texts = new Texts();
        return Json.object(json -> {
            json.writeStringProperty("status", word(check.status()));
            json.writeObjectPropertyStart("checks");
            write(json, check, texts);
            json.writeEndObject();
        });
    }

    private static void writeState(
            JsonGenerator json, Status status, Lifecycle lifecycle, @Nullable String maintenance) {
        json.writeStringProperty("status", word(status));
        String state = Texts.state(lifecycle);
        if (state != null) {
            json.writeArrayPropertyStart("notes");
            json.writeString(state);
            if (maintenance != null) {
                json.writeString("maintenance: " + maintenance);
            }
            json.writeEndArray();
        }
    }

    private static void write(JsonGenerator json, Check check, Texts texts) {
        texts.nextCheck();
        json.writeArrayPropertyStart(check.name());
        json.writeStartObject();
        json.writeStringProperty("componentType", "component");
        json.writeStringProperty("status", word(check.status()));
        writeTime(json, check);
        // The draft wants it left out where all is well.
        if (check.reason() != null && check.status() != Status.UP) {
            json.writeStringProperty("output", texts.scrubbed(check.reason()));
        }
        if (check.cause() != null) {
            json.writeStringProperty("cause", texts.scrubbed(check.cause()));
        }
        if (!check.details().isEmpty()) {
            json.writeName("details");
            new JsonValues(json, texts).write(check.details());
        }
        json.writeEndObject();
        json.writeEndArray();
        if (check.duration() != null) {
            writeObservation(json, check, "responseTime", Texts.millis(check.duration()), "ms");
        }
        int entries = 0;
        // No name may stand in the object twice.
        var taken = new HashSet<String>(Set.of("responseTime"));
        for (HealthResult.Measurement measured : check.measurements()) {
            if (entries++ == JsonValues.MOST_ENTRIES || texts.spent()) {
                break;
            }
            String name = texts.plain(measured.name());
            if (taken.add(name)) {
                writeObservation(json, check, name, measured.value(), texts.plain(measured.unit()));
            }
        }
    }

    private static void writeObservation(JsonGenerator json, Check check, String name, double value, String unit) {
        json.writeArrayPropertyStart(check.name() + ":" + name);
        json.writeStartObject();
        json.writeStringProperty("componentType", "component");
        json.writeNumberProperty("observedValue", value);
        json.writeStringProperty("observedUnit", unit);
        writeTime(json, check);
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void writeTime(JsonGenerator json, Check check) {
        if (check.checkedAt() != null) {
            json.writeStringProperty("time", Texts.instant(check.checkedAt()));
        }
    }

    private static String word(Status status) {
        return switch (status) {
            case UP -> "pass";
            case DEGRADED -> "warn";
            case DOWN -> "fail";
        };
    }
}
