package dev.vitals.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.status.Status;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.MDC;

/** Logback, configured from XML, writing into a file. */
final class Logback implements AutoCloseable {
    private final LoggerContext context = new LoggerContext();

    private Logback(String xml) throws Exception {
        context.setMDCAdapter(MDC.getMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(UTF_8)));
    }

    static Logback to(Path file, String encoder) throws Exception {
        return of("""
                <appender name="file" class="ch.qos.logback.core.FileAppender">
                  <file>%s</file>
                  %s
                </appender>
                <root level="INFO"><appender-ref ref="file"/></root>
                """.formatted(file, encoder));
    }

    static Logback of(String elements) throws Exception {
        return new Logback("<configuration>" + elements + "</configuration>");
    }

    LoggerContext context() {
        return context;
    }

    Logger logger(String name) {
        return context.getLogger(name);
    }

    List<String> complaints() {
        return context.getStatusManager().getCopyOfStatusList().stream()
                .filter(status -> status.getLevel() > Status.INFO)
                .map(Status::getMessage)
                .toList();
    }

    @Override
    public void close() {
        context.stop();
    }
}
