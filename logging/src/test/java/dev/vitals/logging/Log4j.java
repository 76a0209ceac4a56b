package dev.vitals.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.apache.logging.log4j.status.StatusData;
import org.apache.logging.log4j.status.StatusListener;
import org.apache.logging.log4j.status.StatusLogger;

/** Log4j2, configured from XML, writing into a file. */
final class Log4j implements AutoCloseable {
    private final LoggerContext context = new LoggerContext("test");
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final StatusListener listener = new StatusListener() {
        @Override
        public void log(StatusData status) {
            complaints.add(status.getFormattedStatus());
        }

        @Override
        public Level getStatusLevel() {
            return Level.WARN;
        }

        @Override
        public void close() {}
    };

    private Log4j(String xml) throws Exception {
        StatusLogger.getLogger().registerListener(listener);
        var source = new ConfigurationSource(new ByteArrayInputStream(xml.getBytes(UTF_8)));
        context.start(new XmlConfiguration(context, source));
    }

    static Log4j to(Path file, String layout) throws Exception {
        return of("<File name='file' fileName='%s'>%s</File>".formatted(file, layout), "file");
    }

    static Log4j of(String appenders, String appender) throws Exception {
        return new Log4j("""
                <Configuration status="OFF">
                  <Appenders>%s</Appenders>
                  <Loggers><Root level="INFO"><AppenderRef ref="%s"/></Root></Loggers>
                </Configuration>
                """.formatted(appenders, appender));
    }

    LoggerContext context() {
        return context;
    }

    Logger logger(String name) {
        return context.getLogger(name);
    }

    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        context.stop();
        StatusLogger.getLogger().removeListener(listener);
    }
}
