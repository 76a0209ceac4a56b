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
 * What Spring Boot's Actuator 3 and 4 emit at {@code /actuator/health}, at a group and at a component.
 *
 * <p>Actuator has no word for DEGRADED, and whoever reads it takes any other word than UP for a failure: it is UP, with
 * {@code "degraded": true} among the details. Readiness that is withheld on purpose is OUT_OF_SERVICE there too.
 */
final class ActuatorJson implements BodyWriter {
    /** The component by which Spring Boot says the same. */
    private static final String STATE = "readinessState";

    private static final String WITHHELD = "OUT_OF_SERVICE";

    @Override
    public byte[] bare(Probe probe, Lifecycle lifecycle, Status status) {
        return Json.object(json -> json.writeStringProperty("status", word(probe, lifecycle, status)));
    }

    @Override
    public byte[] probe(ProbeView view) {
        var texts = new Texts();
        HealthReport report = view.report();
        return Json.object(json -> {
            json.writeStringProperty("status", word(view.probe(), report.lifecycle(), view.status()));
            if (view.probe() == Probe.HEALTH) {
                json.writeArrayPropertyStart("groups");
                json.writeString("liveness");
                json.writeString("readiness");
                json.writeString("startup");
                json.writeEndArray();
            }
            json.writeObjectPropertyStart("components");
            for (Check check : view.checks()) {
                json.writeObjectPropertyStart(check.name());
                write(json, check, texts);
                json.writeEndObject();
            }
            boolean isOurs =
                    view.checks().stream().noneMatch(check -> check.name().equals(STATE));
            if (isOurs && isWithheld(view.probe(), report.lifecycle(), view.status())) {
                writeState(json, report, texts);
            }
            json.writeEndObject();
            if (view.leftOut() > 0) {
                json.writeObjectPropertyStart("details");
                json.writeNumberProperty("leftOut", view.leftOut());
                json.writeEndObject();
            }
        });
    }

    @Override
    public byte[] check(HealthReport report, Check check, List<Point> history) {
        var texts = new Texts();
        return Json.object(json -> write(json, check, texts));
    }

    private static void writeState(JsonGenerator json, HealthReport report, Texts texts) {
        texts.nextCheck();
        json.writeObjectPropertyStart(STATE);
        json.writeStringProperty("status", WITHHELD);
        json.writeObjectPropertyStart("details");
        Json.string(json, "state", Texts.state(report.lifecycle()));
        String maintenance = report.maintenance();
        Json.string(json, "maintenance", maintenance == null ? null : texts.scrubbed(maintenance));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Check check, Texts texts) {
        texts.nextCheck();
        json.writeStringProperty("status", check.status() == Status.DOWN ? "DOWN" : "UP");
        Map<String, Object> details = new LinkedHashMap<>();
        put(details, "degraded", check.status() == Status.DEGRADED ? true : null);
        put(details, "reason", check.reason() == null ? null : texts.scrubbed(check.reason()));
        put(details, "cause", check.cause() == null ? null : texts.scrubbed(check.cause()));
        check.details().forEach(details::putIfAbsent);
        if (!details.isEmpty()) {
            json.writeName("details");
            new JsonValues(json, texts).write(details);
        }
    }

    private static void put(Map<String, Object> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value);
        }
    }

    private static boolean isWithheld(Probe probe, Lifecycle lifecycle, Status status) {
        return probe == Probe.READINESS && lifecycle != Lifecycle.RUNNING && status == Status.DOWN;
    }

    private static String word(Probe probe, Lifecycle lifecycle, Status status) {
        if (isWithheld(probe, lifecycle, status)) {
            return WITHHELD;
        }
        return status == Status.DOWN ? "DOWN" : "UP";
    }
}
