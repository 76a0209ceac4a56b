package dev.vitals.health;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** What the monitor logs, kept in memory instead of printed. */
final class LoggedHealth extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger;
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Level levelBefore;

    private LoggedHealth(Class<?> owner) {
        logger = (Logger) LoggerFactory.getLogger(owner);
        levelBefore = logger.getLevel();
    }

    static LoggedHealth begin() {
        return begin(HealthMonitor.class);
    }

    /** Keeps nothing and prints nothing. */
    static LoggedHealth off() {
        return begin(HealthMonitor.class, Level.OFF);
    }

    static LoggedHealth begin(Class<?> owner) {
        return begin(owner, Level.DEBUG);
    }

    private static LoggedHealth begin(Class<?> owner, Level level) {
        var logged = new LoggedHealth(owner);
        logged.start();
        logged.logger.setAdditive(false);
        logged.logger.setLevel(level);
        logged.logger.addAppender(logged);
        return logged;
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }

    /** Level and message. */
    List<String> lines() {
        return lines("").toList();
    }

    Stream<String> lines(String containing) {
        return events.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .filter(line -> line.contains(containing));
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(levelBefore);
        logger.setAdditive(true);
        stop();
    }
}
