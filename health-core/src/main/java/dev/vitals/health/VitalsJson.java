package dev.vitals.health;

import dev.vitals.health.HealthReport.Change;
import dev.vitals.health.HealthReport.Check;
import dev.vitals.health.HealthReport.Engine;
import dev.vitals.health.HealthReport.Hang;
import dev.vitals.health.HealthReport.Lifecycle;
import dev.vitals.health.HealthReport.Point;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Vitals' own format, which says all there is. Its schema is {@code META-INF/vitals/health.schema.json}. */
final class VitalsJson implements BodyWriter {
    private static final int MOST_FRAMES = 32;
    private static final int MOST_POINTS = 1_000;

    @Override
    public byte[] bare(Probe probe, Lifecycle lifecycle, Status status) {
        return Json.object(json -> writeState(json, status, lifecycle));
    }

    @Override
    public byte[] probe(ProbeView view) {
        var texts = new Texts();
        return Json.object(json -> {
            writeState(json, view.status(), view.report().lifecycle());
            String maintenance = view.report().maintenance();
            Json.string(json, "maintenance", maintenance == null ? null : texts.scrubbed(maintenance));
            json.writeArrayPropertyStart("checks");
            for (Check check : view.checks()) {
                json.writeStartObject();
                write(json, check, texts);
                json.writeEndObject();
            }
            json.writeEndArray();
            if (view.leftOut() > 0) {
                json.writeNumberProperty("leftOut", view.leftOut());
            }
            writeChanges(json, view.changes(), texts);
            writeEngine(json, view.report().engine());
        });
    }

    @Override
    public byte[] check(HealthReport report, Check check, List<Point> history) {
        var texts = new Texts();
        return Json.object(json -> {
            write(json, check, texts);
            json.writeArrayPropertyStart("history");
            for (Point point : history.subList(Math.max(0, history.size() - MOST_POINTS), history.size())) {
                json.writeStartObject();
                json.writeStringProperty("time", Texts.precise(point.at()));
                json.writeStringProperty("status", point.status().name());
                json.writeNumberProperty("durationMs", Texts.millis(point.duration()));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void writeState(JsonGenerator json, Status status, Lifecycle lifecycle) {
        json.writeStringProperty("status", status.name());
        Json.string(json, "state", Texts.state(lifecycle));
    }

    private static void write(JsonGenerator json, Check check, Texts texts) {
        texts.nextCheck();
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
        writeScrubbed(json, "reason", check.reason(), texts);
        writeScrubbed(json, "cause", check.cause(), texts);
        if (check.hang() != null) {
            writeHang(json, check.hang(), texts);
        }
        Json.string(json, "since", check.since() == null ? null : Texts.instant(check.since()));
        Json.string(json, "checkedAt", check.checkedAt() == null ? null : Texts.instant(check.checkedAt()));
        if (check.duration() != null) {
            json.writeNumberProperty("durationMs", Texts.millis(check.duration()));
        }
        if (check.lateResults() > 0) {
            json.writeNumberProperty("lateResults", check.lateResults());
        }
        if (!check.details().isEmpty()) {
            json.writeName("details");
            new JsonValues(json, texts).write(check.details());
        }
    }

    private static void writeHang(JsonGenerator json, Hang hang, Texts texts) {
        json.writeObjectPropertyStart("hang");
        json.writeNumberProperty("seconds", hang.age().toSeconds());
        if (!hang.stack().isEmpty()) {
            json.writeStringProperty("at", texts.scrubbed(hang.stack().get(0)));
            json.writeArrayPropertyStart("stack");
            for (String frame :
                    hang.stack().subList(0, Math.min(MOST_FRAMES, hang.stack().size()))) {
                json.writeString(texts.scrubbed(frame));
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeChanges(JsonGenerator json, List<Change> changes, Texts texts) {
        if (changes.isEmpty()) {
            return;
        }
        texts.nextCheck();
        json.writeArrayPropertyStart("changes");
        for (Change change : changes) {
            json.writeStartObject();
            json.writeStringProperty("at", Texts.instant(change.at()));
            json.writeStringProperty("check", change.check());
            Json.string(
                    json, "from", change.from() == null ? null : change.from().name());
            json.writeStringProperty("to", change.to().name());
            writeScrubbed(json, "reason", change.reason(), texts);
            writeScrubbed(json, "cause", change.cause(), texts);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeEngine(JsonGenerator json, Engine engine) {
        json.writeObjectPropertyStart("engine");
        json.writeBooleanProperty("stalled", engine.stalled());
        json.writeNumberProperty("underWay", engine.underWay());
        json.writeNumberProperty("hung", engine.hung());
        json.writeNumberProperty("droppedEvents", engine.droppedEvents());
        json.writeEndObject();
    }

    private static void writeScrubbed(JsonGenerator json, String name, @Nullable String text, Texts texts) {
        Json.string(json, name, text == null ? null : texts.scrubbed(text));
    }
}
