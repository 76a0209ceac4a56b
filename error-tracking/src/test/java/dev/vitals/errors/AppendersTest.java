package dev.vitals.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.sentry.Breadcrumb;
import io.sentry.Sentry;
import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.logging.log4j.CloseableThreadContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both appenders, set up by the files of their own libraries. */
class AppendersTest {
    /** A logging library with our appender in it. */
    interface Log extends AutoCloseable {
        void info(String logger, String message, Object... arguments);

        void error(String logger, String message, Object... arguments);

        /** What Sentry, or a hook of the application's, logs while a report is made. */
        void errorWith(String logger, String key, String value, Throwable thrown);

        @Override
        void close();
    }

    private Wire wire;

    @BeforeEach
    void start() throws Exception {
        wire = Wire.open();
    }

    @AfterEach
    void stop() {
        wire.close();
    }

    static Stream<Log> logs() throws Exception {
        return Stream.of(new Logback(), new Log4j());
    }

    @ParameterizedTest
    @MethodSource("logs")
    void anErrorIsReportedWithWhatWasLoggedBeforeIt(Log log) throws Exception {
        try (log) {
            log.info("shop.Orders", "order {} taken for {}", 7, "bob@example.com");
            log.error("shop.Orders", "order {} has no stock", 7);
        }

        SentryEvent event = wire.event();

        assertThat(event.getLevel()).isEqualTo(SentryLevel.ERROR);
        assertThat(event.getLogger()).isEqualTo("shop.Orders");
        assertThat(Objects.requireNonNull(event.getMessage())).satisfies(message -> {
            assertThat(message.getMessage()).isEqualTo("order {} has no stock");
            assertThat(message.getFormatted()).isEqualTo("order 7 has no stock");
            assertThat(message.getParams()).containsExactly("7");
        });
        assertThat(event.getBreadcrumbs())
                .extracting(Breadcrumb::getCategory, Breadcrumb::getMessage, Breadcrumb::getLevel)
                .containsExactly(tuple("shop.Orders", "order 7 taken for [email]", SentryLevel.INFO));
    }

    @ParameterizedTest
    @MethodSource("logs")
    void whatWasThrownAndTheMdcGoAlong(Log log) throws Exception {
        try (log) {
            log.errorWith("shop.Orders", "session_token", "hunter2", new IllegalStateException("no stock"));
        }

        SentryEvent event = wire.event();

        assertThat(Objects.requireNonNull(event.getExceptions()))
                .singleElement()
                .satisfies(exception -> {
                    assertThat(exception.getType()).isEqualTo("IllegalStateException");
                    assertThat(Objects.requireNonNull(exception.getMechanism()).isHandled())
                            .isTrue();
                });
        assertThat(event.getContexts().get("MDC")).isEqualTo(Map.of("session_token", "[redacted]"));
    }

    @ParameterizedTest
    @MethodSource("logs")
    void whatSentryLogsAndWhatIsLoggedWhileItIsAtWorkGoesNowhere(Log log) throws Exception {
        wire.close();
        try (log;
                Wire hooked = new Wire(
                        ErrorTracking.builder(),
                        options -> options.setBeforeSend((event, hint) -> {
                            log.error("shop.Hooks", "a hook that logs {}", 1);
                            return event;
                        }))) {
            log.error("io.sentry.transport", "not sent: {}", 1);
            log.error("shop.Orders", "once");
            assertThat(hooked.messagesUntilNow()).containsExactly("once");
        }
    }

    @ParameterizedTest
    @MethodSource("logs")
    void anArgumentThatCannotBeToldLosesNoReport(Log log) throws Exception {
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("broken");
            }
        };
        try (log) {
            log.error("shop.Orders", "failed: {}", broken);
        }

        assertThat(Objects.requireNonNull(wire.event().getMessage()).getParams())
                .containsExactly("[java.lang.IllegalStateException]");
    }

    @ParameterizedTest
    @MethodSource("logs")
    void withoutSentryNothingHappens(Log log) throws Exception {
        Sentry.close();

        try (log) {
            log.error("shop.Orders", "nobody listens");
        }

        assertThat(wire.tracking.sent()).isZero();
    }

    static final class Logback implements Log {
        private final LoggerContext context = new LoggerContext();

        Logback() throws Exception {
            context.setMDCAdapter(new LogbackMDCAdapter());
            var configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(stream("<configuration>"
                    + "<appender name='errors' class='dev.vitals.errors.LogbackErrorAppender'>"
                    + "<minimumEventLevel>ERROR</minimumEventLevel></appender>"
                    + "<root level='DEBUG'><appender-ref ref='errors'/></root></configuration>"));
            assertThat(context.getLogger("ROOT").getLevel()).isEqualTo(Level.DEBUG);
        }

        @Override
        public void info(String logger, String message, Object... arguments) {
            context.getLogger(logger).info(message, arguments);
        }

        @Override
        public void error(String logger, String message, Object... arguments) {
            context.getLogger(logger).error(message, arguments);
        }

        @Override
        public void errorWith(String logger, String key, String value, Throwable thrown) {
            context.getMDCAdapter().put(key, value);
            context.getLogger(logger).error("failed", thrown);
            context.getMDCAdapter().remove(key);
        }

        @Override
        public void close() {
            context.stop();
        }

        @Override
        public String toString() {
            return "Logback";
        }
    }

    static final class Log4j implements Log {
        private final org.apache.logging.log4j.core.LoggerContext context =
                new org.apache.logging.log4j.core.LoggerContext("errors");

        Log4j() throws Exception {
            context.start(new XmlConfiguration(
                    context,
                    new ConfigurationSource(stream("<Configuration><Appenders>"
                            + "<ErrorTracking name='errors' minimumBreadcrumbLevel='INFO'/></Appenders>"
                            + "<Loggers><Root level='DEBUG'><AppenderRef ref='errors'/></Root></Loggers>"
                            + "</Configuration>"))));
        }

        @Override
        public void info(String logger, String message, Object... arguments) {
            context.getLogger(logger).info(message, arguments);
        }

        @Override
        public void error(String logger, String message, Object... arguments) {
            context.getLogger(logger).error(message, arguments);
        }

        @Override
        @SuppressWarnings("try") // What stands in between is the application.
        public void errorWith(String logger, String key, String value, Throwable thrown) {
            try (var context = CloseableThreadContext.put(key, value)) {
                this.context.getLogger(logger).error("failed", thrown);
            }
        }

        @Override
        public void close() {
            context.stop();
        }

        @Override
        public String toString() {
            return "Log4j2";
        }
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
