package dev.vitals.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthReport.Lifecycle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The schema in the jar fits what is sent; {@link HealthEndpointTest} holds every body of its own against it too. */
class HealthSchemaTest {
    private static final VitalsJson JSON = new VitalsJson();

    @ParameterizedTest
    @EnumSource
    void theBodyOfAProbeFits(Probe probe) {
        for (HealthReport report : List.of(SampleReports.night(), SampleReports.maintenance())) {
            assertThat(VitalsSchema.errors(text(JSON.probe(SampleReports.view(report, probe)))))
                    .isEmpty();
        }
    }

    @Test
    void theBodyOfACheckFits() {
        HealthReport report = SampleReports.night();
        for (HealthReport.Check check : report.checks()) {
            for (int results : new int[] {0, 1, 120, 5_000}) {
                assertThat(VitalsSchema.errors(
                                text(JSON.check(report, check, SampleReports.history(check.name(), results)))))
                        .isEmpty();
            }
        }
    }

    @Test
    void theBodyForAnybodyFits() {
        for (Lifecycle lifecycle : Lifecycle.values()) {
            for (Status status : Status.values()) {
                assertThat(VitalsSchema.errors(text(JSON.bare(Probe.HEALTH, lifecycle, status))))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "status":"DOWN"                 | "status":"BAD"
                    {"status":"DOWN"                | {"stat":"DOWN"
                    "engine"                        | "motor"
                    "stalled":false                 | "stalled":"no"
                    "underWay":2                    | "underWay":-2
                    "name":"worker"                 | "name":"a worker"
                    "name":"worker",                |
                    "critical":true                 | "critical":"yes"
                    "probes":["liveness"]           | "probes":["health"]
                    "since":"2026-11-20T17:05:12Z"  | "since":"yesterday"
                    "since":"2026-11-20T17:05:12Z"  | "since":1763600000
                    "durationMs":1.8                | "durationMs":"1.8 ms"
                    "durationMs":1.8                | "duration":1.8
                    "seconds":34                    | "seconds":34.5
                    "at":"SocketDispatcher.read0",  |
                    "lateResults":3                 | "lateResults":0
                    "to":"UP"                       | "to":null
                    "from":"UP"                     | "von":"UP"
                    "details":{"usedBytes":954728448} | "details":[954728448]
                    """)
    void aWrongBodyIsRejected(String right, String wrong) {
        String body = text(JSON.probe(SampleReports.view(SampleReports.night(), Probe.HEALTH)));
        assertThat(body).contains(right);

        assertThat(VitalsSchema.errors(body.replace(right, wrong == null ? "" : wrong)))
                .isNotEmpty();
    }

    @Test
    void theHistoryOfAWrongCheckIsRejected() {
        HealthReport report = SampleReports.night();
        String body = text(JSON.check(report, report.checks().get(1), SampleReports.history("database", 3)));

        assertThat(VitalsSchema.errors(body.replace("\"history\"", "\"past\""))).isNotEmpty();
        assertThat(VitalsSchema.errors(body.replace("\"time\":\"2026", "\"time\":\"26")))
                .isNotEmpty();
        assertThat(VitalsSchema.errors(body.replace("\"status\":\"UP\",\"critical\"", "\"critical\"")))
                .isNotEmpty();
    }

    private static String text(byte[] body) {
        return new String(body, UTF_8);
    }
}
