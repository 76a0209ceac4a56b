package dev.vitals.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import dev.vitals.scrubbing.Scrubber;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.MDC;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;

/** What Logback writes into its files, configured as {@code docs/logging.md} shows. */
class LogbackFilesTest {
    @TempDir
    private Path folder;

    private Path file;

    static List<Page> examples() {
        return Page.examples("logback");
    }

    @BeforeEach
    void aRequestIsWorkedOn() {
        file = folder.resolve("app.log");
        Events.TRACE.forEach(MDC::put);
    }

    @AfterEach
    void itIsDone() {
        MDC.clear();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void thePageShowsWhatIsWritten(Page page) throws Exception {
        try (Logback logback = Logback.to(file, page.xml())) {
            var logger = logback.logger("com.acme.Login");
            var event = new LoggingEvent(
                    "", logger, Level.WARN, "login of {} failed, password={}", Events.failure(), new Object[] {
                        "customer 4711", "hunter2"
                    });
            event.setInstant(Events.TIME);
            event.setThreadName("http-1");
            event.setMDCPropertyMap(Events.TRACE);
            event.addKeyValuePair(new KeyValuePair("apiKey", "hunter2"));
            logger.callAppenders(event);

            assertThat(Files.readString(file)).isEqualTo(page.line());
            assertThat(logback.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void nothingPrivateReachesTheFileWhereverItStoodInTheEvent(Page page) throws Exception {
        try (Logback logback = Logback.to(file, page.xml())) {
            logPrivately(logback);
        }

        assertPublic(page, file);
        assertThat(Files.readString(file)).contains("for Ada", "IllegalStateException");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aScrubberThatFailsLeavesNoRawTextAndReadableJson(Page page) throws Exception {
        long before = FailingScrubber.SCRUBBER.unscrubbable();
        try (Logback logback = Logback.to(file, with(FailingScrubber.class.getName(), page))) {
            logPrivately(logback);
        }

        List<String> lines = assertPublic(page, file);
        assertThat(lines).allMatch(line -> line.contains("[unscrubbable]"));
        assertThat(lines.get(0)).contains(page.json() ? "Ada" : "INFO", "com.acme.Login");
        assertThat(FailingScrubber.SCRUBBER.unscrubbable() - before).isGreaterThanOrEqualTo(lines.size());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aScrubberThatIsNotThereLeavesNoRawLineAndIsSaid(Page page) throws Exception {
        try (Logback logback = Logback.to(file, with("com.acme.Missing", page))) {
            logPrivately(logback);

            assertThat(logback.complaints()).anyMatch(said -> said.contains("make com.acme.Missing a public class"));
        }

        assertThat(assertPublic(page, file)).allMatch(line -> line.contains("[unscrubbable]"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aValueThatCannotBeWrittenCostsOneLineAndIsCounted(Page page) throws Exception {
        long before = Scrubber.standard().unscrubbable();
        try (Logback logback = Logback.to(file, page.xml())) {
            Logger logger = logback.logger("com.acme.Login");
            logger.atWarn().addKeyValue("account", new Events.Unwritable()).log("account");
            logger.atWarn().addKeyValue("account", new Events.Endless()).log("account");
            logger.info("the next one");
        }

        List<String> lines = assertPublic(page, file);
        assertThat(lines).hasSize(3).last().asString().contains("the next one");
        assertThat(lines.subList(0, 2))
                .allMatch(line -> line.contains("WARN") && line.contains("com.acme.Login"))
                .allMatch(line -> line.contains("[unscrubbable]"));
        assertThat(Scrubber.standard().unscrubbable() - before).isEqualTo(2);
    }

    @Test
    void linesOfManyThreadsStayWhole() throws Exception {
        Page page = Page.example("logback logstash");
        try (Logback logback = Logback.to(file, page.xml())) {
            Logger logger = logback.logger("com.acme.Login");
            Events.inEightThreads(number -> {
                Events.TRACE.forEach(MDC::put);
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
        Page page = Page.example("logback logstash");
        try (Logback logback = Logback.of("""
                <appender name="file" class="ch.qos.logback.core.rolling.RollingFileAppender">
                  <file>%s</file>
                  <rollingPolicy class="ch.qos.logback.core.rolling.FixedWindowRollingPolicy">
                    <fileNamePattern>%s/rolled.%%i.log</fileNamePattern>
                  </rollingPolicy>
                  <triggeringPolicy class="ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy"/>
                  %s
                </appender>
                <appender name="async" class="ch.qos.logback.classic.AsyncAppender">
                  <appender-ref ref="file"/>
                </appender>
                <root level="INFO"><appender-ref ref="async"/></root>
                """.formatted(file, folder, page.xml()))) {
            logPrivately(logback);
            var async = (ch.qos.logback.classic.AsyncAppender)
                    logback.logger(Logger.ROOT_LOGGER_NAME).getAppender("async");
            Events.await(() -> async.getNumberOfElementsInQueue() == 0);
            ((RollingFileAppender<?>) async.getAppender("file")).rollover();
            logPrivately(logback);
        }

        assertThat(assertPublic(page, folder.resolve("rolled.1.log"))).isNotEmpty();
        assertThat(assertPublic(page, file)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "ISO-8859-1", "UTF-16LE"})
    void theEncodersCharsetIsKept(String charset) throws Exception {
        String xml = Page.example("logback pattern")
                .xml()
                .replace("<pattern>", "<charset>" + charset + "</charset><pattern>");
        try (Logback logback = Logback.to(file, xml)) {
            logback.logger("com.acme.Login").info("für Zoë, password=" + Events.CANARY);
            logback.logger("com.acme.Login").info("für Zoë");
        }

        assertThat(Files.readString(file, Charset.forName(charset)))
                .contains("für Zoë, password=[redacted]", "für Zoë ")
                .doesNotContain(Events.CANARY);
    }

    @Test
    void withNothingInsideItWritesLogbacksJson() throws Exception {
        try (Logback logback = Logback.to(file, "<encoder class='dev.vitals.logging.ScrubbingEncoder'/>")) {
            logPrivately(logback);
            assertThat(logback.complaints()).isEmpty();
        }

        assertPublic(Page.example("logback json"), file);
    }

    private static String with(String scrubber, Page page) {
        return page.xml().replaceFirst("ScrubbingEncoder\">", "$0<scrubber>" + scrubber + "</scrubber>");
    }

    private static List<String> assertPublic(Page page, Path file) throws Exception {
        return Events.assertPublic(file, page.json());
    }

    private static void logPrivately(Logback logback) throws Exception {
        Logger logger = logback.logger("com.acme.Login");
        MDC.put("sessionToken", Events.CANARY);
        logger.info("login for Ada with password=" + Events.CANARY);
        logger.info("login with api_key={}, {}", Events.CANARY, Map.of("clientSecret", Events.CANARY));
        logger.atInfo()
                .addKeyValue("password", Events.CANARY)
                .addKeyValue("request", "GET https://ada:" + Events.CANARY + "@acme.com/")
                .log("login");
        logger.info(MarkerFactory.getMarker("secret=" + Events.CANARY), "marked");
        logger.info(Markers.append("password", Events.CANARY), "marked");
        logger.info("argument {}", StructuredArguments.kv("password", Events.CANARY));
        logger.error("failed", Events.privateFailure());
        logback.logger("audit.password=" + Events.CANARY).info("named");
        Thread thread = new Thread(
                () -> {
                    Events.TRACE.forEach(MDC::put);
                    logger.info("from a thread");
                },
                "worker token=" + Events.CANARY);
        thread.start();
        thread.join();
        MDC.remove("sessionToken");
    }
}
