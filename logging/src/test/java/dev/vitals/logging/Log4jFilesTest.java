package dev.vitals.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.scrubbing.Scrubber;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.apache.logging.log4j.message.StringMapMessage;
import org.apache.logging.log4j.util.SortedArrayStringMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Log4j2 writes into its files, configured as {@code docs/logging.md} shows. */
class Log4jFilesTest {
    @TempDir
    private Path folder;

    private Path file;

    static List<Page> examples() {
        return Page.examples("log4j2");
    }

    @BeforeEach
    void aRequestIsWorkedOn() {
        file = folder.resolve("app.log");
        ThreadContext.putAll(Events.TRACE);
    }

    @AfterEach
    void itIsDone() {
        ThreadContext.clearAll();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void thePageShowsWhatIsWritten(Page page) throws Exception {
        try (Log4j log4j = Log4j.to(file, page.xml())) {
            log4j.context()
                    .getConfiguration()
                    .getAppender("file")
                    .append(Log4jLogEvent.newBuilder()
                            .setLoggerName("com.acme.Login")
                            .setLevel(Level.WARN)
                            .setMessage(new ParameterizedMessage(
                                    "login of {} failed, password={}", "customer 4711", "hunter2"))
                            .setThrown(Events.failure())
                            .setThreadName("http-1")
                            .setTimeMillis(Events.TIME.toEpochMilli())
                            .setContextData(new SortedArrayStringMap(Events.TRACE))
                            .build());
        }

        assertThat(Files.readString(file)).isEqualTo(page.line());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void nothingPrivateReachesTheFileWhereverItStoodInTheEvent(Page page) throws Exception {
        try (Log4j log4j = Log4j.to(file, page.xml())) {
            logPrivately(log4j);
        }

        assertPublic(page, file);
        assertThat(Files.readString(file)).contains("for Ada", "IllegalStateException");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aScrubberThatFailsLeavesNoRawTextAndReadableJson(Page page) throws Exception {
        long before = FailingScrubber.SCRUBBER.unscrubbable();
        try (Log4j log4j = Log4j.to(file, with(FailingScrubber.class.getName(), page))) {
            logPrivately(log4j);
        }

        List<String> lines = assertPublic(page, file);
        assertThat(lines).allMatch(line -> line.contains("[unscrubbable]"));
        assertThat(lines.get(0)).contains(page.json() ? "Ada" : "INFO", "com.acme.Login");
        assertThat(FailingScrubber.SCRUBBER.unscrubbable() - before).isGreaterThanOrEqualTo(lines.size());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aScrubberThatIsNotThereLeavesNoRawLineAndIsSaid(Page page) throws Exception {
        try (Log4j log4j = Log4j.to(file, with("com.acme.Missing", page))) {
            logPrivately(log4j);

            assertThat(log4j.complaints()).anyMatch(said -> said.contains("make com.acme.Missing a public class"));
        }

        assertThat(assertPublic(page, file)).allMatch(line -> line.contains("[unscrubbable]"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExceptionThatCannotBeWrittenCostsOneLineAndIsCounted(Page page) throws Exception {
        long before = Scrubber.standard().unscrubbable();
        try (Log4j log4j = Log4j.to(file, page.xml())) {
            Logger logger = log4j.logger("com.acme.Login");
            logger.warn("account", new Unwritable());
            logger.info("the next one");
        }

        List<String> lines = assertPublic(page, file);
        assertThat(lines).hasSize(2).last().asString().contains("the next one");
        assertThat(lines.get(0)).contains("WARN", "com.acme.Login", "[unscrubbable]");
        assertThat(Scrubber.standard().unscrubbable() - before).isEqualTo(1);
    }

    @Test
    void linesOfManyThreadsStayWhole() throws Exception {
        Page page = Page.example("log4j2 ecs");
        try (Log4j log4j = Log4j.to(file, page.xml())) {
            Logger logger = log4j.logger("com.acme.Login");
            Events.inEightThreads(number -> {
                ThreadContext.putAll(Events.TRACE);
                logger.info("event {} of all, password={}", number, Events.CANARY);
            });
        }

        List<String> lines = assertPublic(page, file);
        assertThat(lines).hasSize(10_000).allMatch(line -> line.contains("password=[redacted]"));
        assertThat(Set.copyOf(Events.numbers(lines)))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 10_000).boxed().toList());
    }

    @Test
    void rolledFilesAndAsyncAppendersAreScrubbedAsWell() throws Exception {
        Page page = Page.example("log4j2 ecs");
        try (Log4j log4j = Log4j.of("""
                <RollingFile name="file" fileName="%s" filePattern="%s/rolled.%%i.log">
                  %s
                  <SizeBasedTriggeringPolicy size="2 KB"/>
                  <DefaultRolloverStrategy fileIndex="nomax"/>
                </RollingFile>
                <Async name="async"><AppenderRef ref="file"/></Async>
                """.formatted(file, folder, page.xml()), "async")) {
            logPrivately(log4j);
            logPrivately(log4j);
        }

        assertThat(assertPublic(page, folder.resolve("rolled.1.log"))).isNotEmpty();
        assertThat(assertPublic(page, folder.resolve("rolled.2.log"))).isNotEmpty();
        assertThat(assertPublic(page, file)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1", "UTF-16LE"})
    void theLayoutsCharsetIsKept(String charset) throws Exception {
        String xml = Page.example("log4j2 pattern")
                .xml()
                .replace("<PatternLayout", "<PatternLayout charset='" + charset + "'");
        try (Log4j log4j = Log4j.to(file, xml)) {
            log4j.logger("com.acme.Login").info("für Zoë, password=" + Events.CANARY);
        }

        assertThat(Files.readString(file, Charset.forName(charset)))
                .contains("für Zoë, password=[redacted]")
                .doesNotContain(Events.CANARY);
    }

    @Test
    void withNothingInsideItWritesLog4j2sDefault() throws Exception {
        try (Log4j log4j = Log4j.to(file, "<ScrubbingLayout/>")) {
            log4j.logger("com.acme.Login").info("password=" + Events.CANARY);
        }

        assertThat(Files.readString(file)).isEqualTo("password=[redacted]" + System.lineSeparator());
    }

    @Test
    void aLayoutThatWritesNoTextLeavesNoRawLineAndIsSaid() throws Exception {
        try (Log4j log4j = Log4j.to(file, "<ScrubbingLayout><MessageLayout/></ScrubbingLayout>")) {
            log4j.logger("com.acme.Login").info("password=" + Events.CANARY);

            assertThat(log4j.complaints()).anyMatch(said -> said.contains("MessageLayout writes no text"));
        }

        assertThat(Events.assertPublic(file, false)).hasSize(1).allMatch(line -> line.contains("[unscrubbable]"));
    }

    @Test
    void itAsksForTheLocationWhereTheLayoutInsideDoes() throws Exception {
        try (Log4j log4j = Log4j.to(
                file, "<ScrubbingLayout><PatternLayout pattern='%M %m password=%X{x}%n'/></ScrubbingLayout>")) {
            log4j.logger("com.acme.Login").info("here");

            assertThat(log4j.logger("com.acme.Login").get().requiresLocation()).isTrue();
        }
        assertThat(Files.readString(file)).startsWith("itAsksForTheLocationWhereTheLayoutInsideDoes here");
    }

    private static String with(String scrubber, Page page) {
        return page.xml().replaceFirst("<ScrubbingLayout", "$0 scrubber='" + scrubber + "'");
    }

    private static List<String> assertPublic(Page page, Path file) throws Exception {
        return Events.assertPublic(file, page.json());
    }

    private static void logPrivately(Log4j log4j) throws Exception {
        Logger logger = log4j.logger("com.acme.Login");
        ThreadContext.put("sessionToken", Events.CANARY);
        ThreadContext.push("apiKey=" + Events.CANARY);
        logger.info("login for Ada with password=" + Events.CANARY);
        logger.info("login with api_key={}, {}", Events.CANARY, Map.of("clientSecret", Events.CANARY));
        logger.info(new StringMapMessage(Map.of("password", Events.CANARY)));
        logger.info(MarkerManager.getMarker("secret=" + Events.CANARY), "marked");
        logger.error("failed", Events.privateFailure());
        log4j.logger("audit.password=" + Events.CANARY).info("named");
        Thread thread = new Thread(
                () -> {
                    ThreadContext.putAll(Events.TRACE);
                    logger.info("from a thread");
                },
                "worker token=" + Events.CANARY);
        thread.start();
        thread.join();
        ThreadContext.pop();
        ThreadContext.remove("sessionToken");
    }

    private static final class Unwritable extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("password=" + Events.CANARY);
        }
    }
}
