package dev.vitals.health;

import dev.vitals.health.HealthReport.Lifecycle;
import dev.vitals.health.HealthReport.Point;
import java.util.List;

/** How one format says what is known. Runs no foreign code; what it writes is bounded, whatever it is given. */
interface BodyWriter {
    /** The body for anybody, under 200 bytes: the status, and what the application is about where it is not at work. */
    byte[] bare(Probe probe, Lifecycle lifecycle, Status status);

    /** The body of a probe for the authorised. */
    byte[] probe(ProbeView view);

    /** The body of one check for the authorised; with the last of its results, oldest first. */
    byte[] check(HealthReport report, HealthReport.Check check, List<Point> history);

    /** The writer of a format. */
    static BodyWriter of(HealthEndpoint.Format format) {
        return switch (format) {
            case VITALS -> new VitalsJson();
            case IETF -> new IetfJson();
            case ACTUATOR -> new ActuatorJson();
            case MICROPROFILE -> new MicroProfileJson();
            case HTML -> new StatusPage();
        };
    }
}
