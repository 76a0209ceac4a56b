package dev.vitals.health;

import dev.vitals.health.HealthEndpoint.Format;
import dev.vitals.health.HealthReport.Lifecycle;
import dev.vitals.http.Response;

/** Every answer that anybody can get, made once: there are so few that none is made while somebody asks. */
final class BareBodies {
    private static final int PROBES = Probe.values().length;
    private static final int LIFECYCLES = Lifecycle.values().length;
    private static final int STATUSES = Status.values().length;

    private final Response[] bodies = new Response[Format.values().length * PROBES * LIFECYCLES * STATUSES];

    BareBodies() {
        for (Format format : Format.values()) {
            BodyWriter writer = BodyWriter.of(format);
            for (Probe probe : Probe.values()) {
                for (Lifecycle lifecycle : Lifecycle.values()) {
                    for (Status status : Status.values()) {
                        bodies[index(format, probe, lifecycle, status)] =
                                format.response(status, writer.bare(probe, lifecycle, status));
                    }
                }
            }
        }
    }

    Response get(Format format, Probe probe, Lifecycle lifecycle, Status status) {
        return bodies[index(format, probe, lifecycle, status)];
    }

    // Nested maps would be four look-ups; the table is made and read here alone, in one run of one version.
    @SuppressWarnings("EnumOrdinal")
    private static int index(Format format, Probe probe, Lifecycle lifecycle, Status status) {
        int index = format.ordinal() * PROBES + probe.ordinal();
        return (index * LIFECYCLES + lifecycle.ordinal()) * STATUSES + status.ordinal();
    }
}
