package dev.vitals.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.scrubbing.Scrubber;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** That what is measured works. How fast it is, is not asked here. */
class BenchmarksTest {
    private static final int CHECKS = 6;

    private interface Maker {
        Contender make(int checks) throws Exception;
    }

    @Test
    void everyBenchmarkRuns() throws RunnerException {
        var once = new OptionsBuilder()
                .param("checks", Integer.toString(CHECKS))
                .param("series", "1000")
                .param("text", "findings")
                .param("json", "jsonFindings")
                .param("message", "findings")
                .param("mode", "tenPercent")
                .param("with", "vitals")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(20))
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class)
                .addProfiler(ProcessorTime.class)
                .verbosity(VerboseMode.SILENT)
                .build();

        var results = new Runner(once).run();

        long methods = Stream.of(
                        BareProbe.class,
                        DetailedBody.class,
                        HoldError.class,
                        RecordOperation.class,
                        RecordRequest.class,
                        ReportError.class,
                        Scrape.class,
                        ScrubJson.class,
                        ScrubLogLine.class,
                        ScrubText.class,
                        SendError.class,
                        TraceParts.class,
                        TraceRequest.class,
                        WholeRequest.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .count();
        // Scrape has two kinds of series.
        methods += Arrays.stream(Scrape.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .count();
        assertThat(results).hasSize(Math.toIntExact(methods)).allSatisfy(result -> assertThat(
                        result.getPrimaryResult().getScore())
                .isPositive());
        assertThat(Comparison.table(results))
                .contains(
                        "| BareProbe.vitals | 6 |",
                        "| DetailedBody.smallrye | 6 |",
                        "| RecordRequest.vitals | - |",
                        "| ReportError.report | vitals |",
                        "| Scrape.vitals | counters 1000 |",
                        "| ScrubJson.jsonMasker | jsonFindings |",
                        "| ScrubLogLine.vitals | findings |",
                        "| ScrubText.vitals | findings |",
                        "| TraceRequest.vitals | tenPercent |",
                        " MB/s |");
    }

    static Stream<Arguments> scrubbers() {
        var text = new ScrubText();
        text.text = "findings";
        text.make();
        var json = new ScrubJson();
        json.json = "jsonFindings";
        json.make();
        return Stream.of(
                Arguments.of("vitals", text.vitals()),
                Arguments.of("java.util.regex", text.javaRegex()),
                Arguments.of("re2/j", text.re2j()),
                Arguments.of("vitals, JSON", json.vitals()),
                Arguments.of("java.util.regex, JSON", json.javaRegex()),
                Arguments.of("re2/j, JSON", json.re2j()),
                Arguments.of("json-masker", json.jsonMasker()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scrubbers")
    void everyScrubberLeavesNothingThatIsPrivateAndTheRest(String name, String left) {
        assertThat(left)
                .doesNotContain("jane.doe@mail.acme.com", "4539148803436467", "hunter2secret")
                .containsAnyOf("com.acme.shop.PaymentService : charge for", "\"sku\":\"A-100\",\"quantity\":2");
    }

    @Test
    void aLogLineIsScrubbedWhereSomethingIsFound() {
        var line = new ScrubLogLine();
        line.message = "findings";
        line.start();

        assertThat(new String(line.logback(), UTF_8)).contains("jane.doe@mail.acme.com", "hunter2secret");
        assertThat(new String(line.vitals(), UTF_8))
                .contains("PaymentService : charge for [email] failed, password=[redacted]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"line", "trace", "json"})
    void nothingIsFoundWhereNothingIs(String name) {
        String text = Texts.named(name);

        assertThat(Scrubber.standard().scrub(text)).isSameAs(text);
        assertThat(Scrubber.standard().scrubJson(text)).isSameAs(text);
        assertThat(new Expressions.Jdk().scrub(text)).isEqualTo(text);
        assertThat(new Expressions.Re2().scrub(text)).isEqualTo(text);
    }

    @Test
    void textsAreAsLongAsTheTablesSay() {
        assertThat(Texts.named("line")).hasSizeBetween(110, 130);
        assertThat(Texts.named("findings")).hasSizeBetween(190, 210);
        assertThat(Texts.named("trace")).hasSizeBetween(10_000, 10_240).contains("Caused by: ");
        assertThat(Texts.named("json")).hasSizeBetween(9_900, 10_500);
        assertThat(Texts.named("jsonFindings")).hasSizeBetween(9_900, 10_500);
        assertThat(Texts.named("log")).hasSizeBetween(1 << 20, (1 << 20) + 500);
    }

    @Test
    void howTheTimeGrowsIsPrinted() {
        var text = new ByteArrayOutputStream();

        Growth.measure(1_000, Growth.PIECES, new PrintStream(text, true, UTF_8));

        assertThat(text.toString(UTF_8)).contains("| scrub |").contains("The slowest");
    }

    @Test
    void precisionAndRecallOfALabelledCorpusArePrinted(@TempDir Path folder) throws IOException {
        Path sentences = Files.createDirectories(folder.resolve("presidio-research"));
        Path secrets = Files.createDirectories(folder.resolve("noseyparker"));
        Files.writeString(sentences.resolve("generated_large.json"), """
                [{"full_text": "pay with 4539148803436467 or 5425233430109903",
                  "spans": [{"entity_type": "CREDIT_CARD", "start_position": 9, "end_position": 25}]},
                 {"full_text": "pay with 4539148803436468, call 030 901820",
                  "spans": [{"entity_type": "CREDIT_CARD", "start_position": 9, "end_position": 25},
                            {"entity_type": "PHONE_NUMBER", "start_position": 32, "end_position": 42}]}]
                """);
        Files.writeString(secrets.resolve("examples.json"), """
                [{"rule": "np.s3.1", "label": 1, "text": "bucket.s3.amazonaws.com"},
                 {"rule": "np.generic.2", "label": 1, "text": "API_KEY = '951bc382db9abad29c68634761dd6e19'"},
                 {"rule": "np.generic.2", "label": 0, "text": "password=ignored"}]
                """);
        var text = new ByteArrayOutputStream();

        Quality.measure(folder, new PrintStream(text, true, UTF_8), false);

        assertThat(text.toString(UTF_8))
                .contains("| CREDIT_CARD | 2 | 0.500 | 0.500 | 0.500 |")
                .contains("| trunk prefix 0, in groups | 1 |")
                .contains("| whatever has a rule | 2 | 0.500 |")
                .contains("| a secret | 1 | 1.000 |");
    }

    static Stream<Arguments> recorders() {
        return Stream.of(
                Arguments.of("vitals", new Recorders.OfVitals()),
                Arguments.of("observers", new Recorders.OfObservers()),
                Arguments.of("held timer", new Recorders.OfAHeldTimer()),
                Arguments.of("builder", new Recorders.OfABuilder()),
                Arguments.of("spring", new Recorders.OfSpring()),
                Arguments.of("opentelemetry", new Recorders.OfOpenTelemetry()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recorders")
    void everyRecorderCountsEachRequestOnceUnderItsLabels(String name, Recorders.Ready recorder) {
        recorder.start();
        for (int i = 0; i < 3; i++) {
            recorder.record();
        }

        assertThat(recorder.recorded()).isEqualTo("3 GET /orders/{id} 200, 15 finite buckets");
        recorder.stop();
    }

    private static final String ALL_ATTRIBUTES = "http.request.method=GET, http.response.status_code=200, "
            + "http.route=/orders/{id}, network.protocol.version=1.1, server.address=shop.example, server.port=8443, "
            + "url.path=/orders/42, url.scheme=https, user_agent.original=" + TracedOrder.USER_AGENT;

    static Stream<Arguments> tracers() {
        return Stream.of(
                Arguments.of("vitals", new Tracers.OfVitals(), true, 9),
                Arguments.of("observers", new Tracers.OfObservers(), true, 9),
                Arguments.of("instrumenter", new Tracers.OfInstrumenter(), true, 9),
                Arguments.of("the same attributes", new Tracers.OfTheSameAttributes(), false, 9),
                Arguments.of("eight attributes", new Tracers.OfEightAttributes(), false, 8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tracers")
    void everyTracerMakesTheSameSpanWhereOneIsWanted(
            String name, Tracers.Ready tracer, boolean readsHeaders, int attributes) {
        String all = attributes == 9 ? ALL_ATTRIBUTES : ALL_ATTRIBUTES.replace("network.protocol.version=1.1, ", "");
        String span = "SERVER GET /orders/{id} {" + all + "}";

        assertThat(first(tracer, "sampled")).isEqualTo(span);
        assertThat(first(tracer, "parent")).isEqualTo(readsHeaders ? span + " of a client" : span);
        assertThat(first(tracer, "off")).isNull();
        assertThat(first(tracer, "noSdk")).isNull();
        tracer.mode = "tenPercent";
        tracer.start();
        assertThat(Stream.generate(() -> Optional.ofNullable(tracer.traced()))
                        .limit(2_000)
                        .filter(Optional::isPresent))
                .hasSizeBetween(100, 300)
                .allMatch(sampled -> sampled.equals(Optional.of(span)));
        tracer.stop();
    }

    private static @Nullable String first(Tracers.Ready tracer, String mode) {
        tracer.mode = mode;
        tracer.start();
        try {
            return tracer.traced();
        } finally {
            tracer.stop();
        }
    }

    @Test
    void theWholeRequestIsMeasuredAndTracedByBoth() {
        var whole = new WholeRequest();
        whole.mode = "sampled";
        whole.start();
        whole.vitals();
        assertThat(whole.watched()).isEqualTo("1 0 SERVER GET /orders/{id} {" + ALL_ATTRIBUTES + "}");
        whole.instrumenter();
        assertThat(whole.watched()).isEqualTo("1 1 SERVER GET /orders/{id} {" + ALL_ATTRIBUTES + "}");
        whole.stop();
    }

    static Stream<Arguments> contenders() {
        return Stream.of(
                Arguments.of("vitals", (Maker) Vitals::withToken, "{\"status\":\"UP\"}"),
                Arguments.of("actuator", (Maker) Actuator::new, "{\"status\":\"UP\"}"),
                Arguments.of("dropwizard", (Maker) Dropwizard::new, "[]"),
                // It has no body without its checks.
                Arguments.of("smallrye", (Maker) SmallRye::new, "\"check-5\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contenders")
    void theBareAnswerIsWhatAnOrchestratorGetsAndTheDetailedOneNamesEveryCheck(String name, Maker maker, String bare)
            throws Exception {
        var sink = new Sink();
        try (Contender contender = maker.make(CHECKS)) {
            contender.bare(sink.emptied());
            assertThat(sink.text()).contains(bare);

            contender.detailed(sink.emptied());
            for (int i = 0; i < CHECKS; i++) {
                assertThat(sink.text()).contains("\"check-" + i + "\"");
            }
        }
    }

    @Test
    void theServersAnswerWithTheSameBytes() throws IOException, InterruptedException {
        var text = new ByteArrayOutputStream();
        try (var servers = new Servers()) {
            servers.print(new PrintStream(text, true, UTF_8));
            HttpClient client = HttpClient.newHttpClient();

            for (String line : text.toString(UTF_8).lines().toList()) {
                URI uri = URI.create(line.substring(line.indexOf(' ') + 1));
                var response = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.body()).isEqualTo("{\"status\":\"UP\"}");
                assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
            }
        }
        assertThat(text.toString(UTF_8)).hasLineCount(3);
    }

    @Test
    void theCostOfSixteenScrapersIsPrinted() throws Exception {
        var text = new ByteArrayOutputStream();

        Scrapers.measure(1_000, 2, new PrintStream(text, true, UTF_8));

        assertThat(text.toString(UTF_8)).contains("16 scrapers").contains("times one");
    }

    @Test
    void theCostOfARunIsPrinted() throws InterruptedException {
        var text = new ByteArrayOutputStream();

        CheckCost.measure(CHECKS, Duration.ofMillis(200), Duration.ofMillis(300), new PrintStream(text, true, UTF_8));

        assertThat(text.toString(UTF_8)).contains("6 checks").contains("UP now");
    }
}
