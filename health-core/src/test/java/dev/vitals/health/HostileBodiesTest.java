package dev.vitals.health;

import static dev.vitals.health.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthEndpoint.Format;
import dev.vitals.health.HealthReport.Check;
import dev.vitals.health.HealthReport.Lifecycle;
import dev.vitals.http.Response;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Details that mean harm do none, in any format. */
@Timeout(120)
class HostileBodiesTest {
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @ParameterizedTest
    @EnumSource
    void hostileDetailsDoNoHarm(Format format) throws InterruptedException {
        var changing = Collections.synchronizedMap(new HashMap<String, Object>());
        var over = new AtomicBoolean();
        var changer = new Thread(() -> {
            for (long i = 0; !over.get(); i++) {
                changing.put("key" + i % 500, i);
                changing.remove("key" + (i + 250) % 500);
                LockSupport.parkNanos(1_000);
            }
        });
        changer.start();
        try (HealthMonitor monitor = HealthMonitor.builder()
                .readiness("hostile", deadline -> hostile(changing), options -> options.timeout(Duration.ofSeconds(60)))
                .start()) {
            eventually(() -> monitor.report().lifecycle() == Lifecycle.RUNNING);
            HealthEndpoint endpoint = HealthEndpoint.of(monitor, DetailsPolicy.open());

            for (String path : List.of("/health", "/health/hostile")) {
                Response response = Asking.get(endpoint, path + "?format=" + format.queryName());
                String body = response.bodyAsText();

                assertThat(response.status()).isEqualTo(503);
                assertThat(response.length()).isLessThan(60_000);
                assertThat(body.getBytes(UTF_8)).hasSize(response.length());
                assertThat(body)
                        .contains("cyclic", "aToString", "number of 33000 bits")
                        .doesNotContain("boom");
                if (format == Format.HTML) {
                    assertThat(body)
                            .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&quot;&gt;&lt;b&gt;name")
                            .doesNotContain("<script", "\"><b>", "\u0000", "\u001b");
                } else {
                    JsonNode json = STRICT.readTree(body);
                    assertThat(json.get("status").isString()).isTrue();
                    assertThat(body).doesNotContain("\u0000").contains("<script>alert(1)</script>");
                }
                if (format == Format.VITALS) {
                    assertThat(VitalsSchema.errors(body)).isEmpty();
                }
            }
        } finally {
            over.set(true);
            changer.join();
        }
    }

    private static HealthResult hostile(Map<String, Object> changing) {
        var cyclic = new LinkedHashMap<String, Object>();
        cyclic.put("self", cyclic);
        cyclic.put("list", List.of(cyclic, cyclic));
        var many = new ArrayList<Integer>();
        for (int i = 0; i < 100_000; i++) {
            many.add(i);
        }
        return HealthResult.down("<script>alert(1)</script>\u0000\ud800" + "x".repeat(1_000_000))
                .withDetail("cyclic", cyclic)
                .withDetail("\"><b>name", "<script>alert(1)</script>")
                .withDetail("aToString", new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("boom");
                    }
                })
                .withDetail("aMap", new AbstractMap<String, Object>() {
                    @Override
                    public Set<Entry<String, Object>> entrySet() {
                        throw new StackOverflowError("boom");
                    }
                })
                .withDetail("changing", changing)
                .withDetail("surrogates", "\udc00 half \ud83d")
                .withDetail("controls", "\u0000\u0007\u001b[31m\u0085\u2028")
                .withDetail("nan", Double.NaN)
                .withDetail("infinite", Float.NEGATIVE_INFINITY)
                .withDetail("big", BigInteger.TWO.pow(33_000).subtract(BigInteger.ONE))
                .withDetail("tiny", new BigDecimal("1E-1000000000"))
                .withDetail("counter", new AtomicLong(Long.MAX_VALUE))
                .withDetail("long", "y".repeat(1_000_000))
                .withDetail("many", many)
                .withDetail("k".repeat(10_000), 1);
    }

    @ParameterizedTest
    @EnumSource
    void thousandsOfTalkativeChecksMakeABodyOfBoundedLengthWithTheWorstInIt(Format format) {
        List<Check> checks = new ArrayList<>();
        Map<String, Object> details = new LinkedHashMap<>();
        for (int i = 0; i < 80; i++) {
            details.put("\"<&>\u0001".repeat(100) + i, List.of("<&>\u0002".repeat(1_000), Map.of("a", i)));
        }
        for (int i = 0; i < 10_000; i++) {
            Status status = i == 9_999 ? Status.DOWN : i == 9_998 ? Status.DEGRADED : Status.UP;
            checks.add(SampleReports.check(
                    "check-" + i,
                    status,
                    true,
                    Set.of(Probe.READINESS),
                    "<&>".repeat(1_000),
                    null,
                    null,
                    details,
                    List.of(new HealthResult.Measurement("m".repeat(10_000), "u".repeat(10_000), 1))));
        }
        HealthReport report = SampleReports.report(Lifecycle.RUNNING, null, checks);

        byte[] body = BodyWriter.of(format).probe(SampleReports.view(report, Probe.HEALTH));

        assertThat(body.length).isLessThan(2_500_000);
        String text = new String(body, UTF_8);
        assertThat(text).contains("9000");
        assertThat(text.indexOf("check-9999")).isBetween(0, text.indexOf("check-9998"));
        assertThat(text.indexOf("check-9998")).isLessThan(text.indexOf("check-0"));
        assertThat(text.split("check-", -1).length - 1).isGreaterThanOrEqualTo(1_000);
        assertThat(text).contains("check-997").doesNotContain("check-998\"", "check-5000");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "HTML")
    void whatEndsTheBudgetIsStillJson(Format format) {
        List<Check> checks = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            checks.add(SampleReports.check(
                    "check-" + i,
                    Status.DEGRADED,
                    true,
                    Set.of(),
                    "r".repeat(2_000),
                    null,
                    null,
                    Map.of("a", Map.of("b", List.of("c".repeat(500), 1, true, Double.NaN))),
                    List.of()));
        }
        HealthReport report = SampleReports.report(Lifecycle.RUNNING, null, checks);

        byte[] body = BodyWriter.of(format).probe(SampleReports.view(report, Probe.HEALTH));

        JsonNode json = STRICT.readTree(body);
        assertThat(json.get(format == Format.ACTUATOR ? "components" : "checks").size())
                .isGreaterThanOrEqualTo(1_000);
        if (format == Format.VITALS) {
            assertThat(VitalsSchema.errors(new String(body, UTF_8))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "HTML")
    void namesThatAreTheSameOnceTheyAreCutStayApart(Format format) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("k".repeat(600) + "1", 1);
        details.put("k".repeat(600) + "2", Double.NaN);
        Check check = SampleReports.check(
                "check", Status.UP, true, Set.of(), null, null, null, Map.of("map", details), List.of());
        HealthReport report = SampleReports.report(Lifecycle.RUNNING, null, List.of(check));

        byte[] body = BodyWriter.of(format).check(report, check, List.of());

        assertThat(STRICT.readTree(body).has("status")).isTrue();
    }

    @Test
    void numbersKeepWhatTheyAre() {
        assertThat(Numbers.plain(7)).isEqualTo(7L);
        assertThat(Numbers.plain((short) 7)).isEqualTo(7L);
        assertThat(Numbers.plain(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(Numbers.plain(new AtomicLong(7))).isEqualTo(7L);
        assertThat(Numbers.plain(0.1f)).isEqualTo(0.1);
        assertThat(Numbers.plain(0.5)).isEqualTo(0.5);
        assertThat(Numbers.plain(BigInteger.TEN)).isEqualTo(10L);
        assertThat(Numbers.plain(BigInteger.TWO.pow(64))).isEqualTo("18446744073709551616");
        assertThat(Numbers.plain(new BigDecimal("0.10"))).isEqualTo("0.10");
        assertThat(Numbers.plain("text")).isEqualTo("text");
        assertThat(Numbers.plain(null)).isNull();
        assertThat(Numbers.words(3)).isEqualTo("3");
        assertThat(Numbers.words(0.91)).isEqualTo("0.91");
        assertThat(Numbers.words(1e300)).isEqualTo("1.0E300");
    }
}
