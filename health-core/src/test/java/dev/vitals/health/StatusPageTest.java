package dev.vitals.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthReport.Lifecycle;
import dev.vitals.health.HealthReport.Point;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusPageTest {
    private static final StatusPage PAGE = new StatusPage();

    private final String night = page(SampleReports.night(), Probe.HEALTH);

    @Test
    void itShowsAllThatIsKnownTheWorstFirst() {
        assertThat(night)
                .containsSubsequence(
                        "<title>DOWN · health</title>",
                        "<h1>DOWN</h1>",
                        "2026-11-21T07:30:12Z",
                        "liveness",
                        "readiness",
                        "startup",
                        ">pricing</a>",
                        "observed",
                        "for 41 s · seen 5 s ago · took 1.8 ms · 3 late",
                        "no answer in 2 s, hangs since 34 s at SocketDispatcher.read0",
                        "Where it hangs, since 34 s",
                        "PricingClient.quote",
                        ">quotes</a>",
                        "because of pricing: no prices to quote from",
                        ">redis</a>",
                        "readiness, optional",
                        "memory at 91 % of maxmemory",
                        "usedBytes",
                        "954728448",
                        "memory.utilization",
                        "0.91",
                        ">worker</a>",
                        ">database</a>",
                        "pool.active",
                        "connections.active",
                        "3 {connection}",
                        "Last changes",
                        "2026-11-21T07:29:31Z",
                        "quotes",
                        "2026-11-20T17:05:12Z",
                        "database",
                        "2 runs under way, 1 past their deadline");
    }

    @Test
    void itIsOneFileThatRunsAndLoadsNothing() {
        assertThat(night)
                .doesNotContainIgnoringCase("<script")
                .doesNotContainIgnoringCase("javascript:")
                .doesNotContainIgnoringCase(" style=")
                .doesNotContainIgnoringCase("<link")
                .doesNotContainIgnoringCase("<img")
                .doesNotContain("url(", "@import", "http://", "https://")
                .doesNotContainPattern("\\son[a-z]+=")
                .contains("<meta http-equiv=\"refresh\" content=\"5\">", "prefers-color-scheme: dark");
    }

    @Test
    void thePolicyLetsInTheStyleOfThePageAlone() throws Exception {
        String style = night.substring(night.indexOf("<style>") + 7, night.indexOf("</style>"));
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(UTF_8)));

        assertThat(StatusPage.SECURITY_POLICY)
                .startsWith("default-src 'none'; style-src 'sha256-" + hash + "'")
                .doesNotContain("unsafe");
    }

    @Test
    void aProbesPageHasItsOwnChecksAndChangesAlone() {
        assertThat(page(SampleReports.night(), Probe.READINESS))
                .contains("DEGRADED · readiness", ">redis</a>", ">database</a>")
                .doesNotContain("pricing", "worker", "migrations");
        assertThat(page(SampleReports.night(), Probe.STARTUP)).contains(">migrations</a>");
    }

    @Test
    void maintenanceStandsAtTheTop() {
        assertThat(page(SampleReports.maintenance(), Probe.READINESS))
                .containsSubsequence(
                        "<h1>DOWN</h1>", "<b>maintenance</b>", "moving to the new database, until 08:00", "<nav>");
    }

    @Test
    void aCheckHasAPageOfItsOwnWithItsStackOpen() {
        HealthReport report = SampleReports.night();
        String page =
                new String(PAGE.check(report, report.checks().get(3), SampleReports.history("pricing", 120)), UTF_8);

        assertThat(page)
                .contains("DOWN · pricing", "<details open><summary>Where it hangs", "./?format=html")
                .doesNotContain("redis");
    }

    @Test
    void anybodySeesTheStatusAlone() {
        assertThat(new String(PAGE.bare(Probe.READINESS, Lifecycle.DRAINING, Status.DOWN), UTF_8))
                .contains("<title>DOWN</title>", "<h1>DOWN</h1>", "draining")
                .doesNotContain("check", "engine");
    }

    @Test
    void theStripHasABarForEachOfTheLast120ResultsTheNewestAtTheRight() {
        var points = new ArrayList<Point>();
        for (int i = 0; i < 130; i++) {
            Status status = i == 127 ? Status.DEGRADED : i < 30 || i >= 128 ? Status.DOWN : Status.UP;
            points.add(new Point(SampleReports.NOW.plusSeconds(i), status, Duration.ZERO));
        }

        assertThat(strip(points))
                .contains("<path class=\"up\" d=\"M20 9h97\"/>")
                .contains("<path class=\"degraded\" d=\"M117 7.5h1\"/>")
                .contains("<path class=\"down\" d=\"M0 6h20M118 6h2\"/>")
                .contains("since 2026-11-21T07:30:22Z: 97 UP 1 DEGRADED 22 DOWN")
                .doesNotContain("none\" d");
        assertThat(strip(points.subList(100, 103)))
                .contains("<path class=\"none\" d=\"M0 10.5h117\"/>", "<path class=\"up\" d=\"M117 9h3\"/>");
        assertThat(strip(List.of())).contains("M0 10.5h120", "no results yet");
    }

    @ParameterizedTest
    @CsvSource({
        "-5, 0 s",
        "0, 0 s",
        "59, 59 s",
        "60, 1 min",
        "3599, 59 min",
        "3600, 1 h 0 min",
        "86399, 23 h 59 min",
        "86400, 1 d 0 h",
        "187200, 2 d 4 h"
    })
    void agesAreShort(long seconds, String words) {
        assertThat(Ages.words(Duration.ofSeconds(seconds))).isEqualTo(words);
    }

    @Test
    void whatIsTextIsEscaped() {
        assertThat(new String(
                        new Html()
                                .text("<a href='x' b=\"y\">&\u0000\u001b\u0085\n\t")
                                .bytes(),
                        UTF_8))
                .isEqualTo("&lt;a href=&#39;x&#39; b=&quot;y&quot;&gt;&amp;\ufffd\ufffd\ufffd\n\t");
    }

    private static String page(HealthReport report, Probe probe) {
        return new String(PAGE.probe(SampleReports.view(report, probe)), UTF_8);
    }

    private static String strip(List<Point> points) {
        var html = new Html();
        HistoryStrip.write(html, points);
        return new String(html.bytes(), UTF_8);
    }
}
