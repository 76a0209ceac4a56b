package dev.vitals.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthEndpoint.Format;
import dev.vitals.health.HealthReport.Check;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

/** What {@code docs/health-formats.md} shows is what is sent. */
class FormatsPageTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EXAMPLE = Pattern.compile("<!-- (\\w+) (\\w+) -->\n```json\n(.*?)```", Pattern.DOTALL);

    @Test
    void theBodiesOnThePageAreThoseOfTheSampleReport() throws Exception {
        HealthReport report = SampleReports.night();
        Set<String> shown = new HashSet<>();
        var examples = EXAMPLE.matcher(Files.readString(Path.of("../docs/health-formats.md")));
        while (examples.find()) {
            BodyWriter writer = BodyWriter.of(Format.valueOf(examples.group(1)));
            byte[] body = examples.group(2).equals("readiness")
                    ? writer.probe(SampleReports.view(report, Probe.READINESS))
                    : writer.check(report, check(report, examples.group(2)), SampleReports.history("pricing", 2));

            assertThat(JSON.readTree(examples.group(3)))
                    .as(examples.group(1) + " " + examples.group(2))
                    .isEqualTo(JSON.readTree(new String(body, UTF_8)));
            shown.add(examples.group(1));
        }
        assertThat(shown).containsExactlyInAnyOrder("VITALS", "IETF", "ACTUATOR", "MICROPROFILE");
    }

    private static Check check(HealthReport report, String name) {
        return report.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
