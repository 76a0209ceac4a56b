package dev.vitals.errors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.vitals.errors.LogReports.Logged;
import io.sentry.SentryLevel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Logback's way to Sentry: what is logged as an error is reported, what is logged before it goes along as breadcrumbs.
 * It starts no Sentry of its own, and does nothing until there is one. What Sentry itself logs goes nowhere. Grouping is
 * by the message before its arguments, or by what was thrown. Safe for use by many threads.
 *
 * <pre>{@code
 * <appender name="errors" class="dev.vitals.errors.LogbackErrorAppender">
 *   <minimumEventLevel>ERROR</minimumEventLevel>
 *   <minimumBreadcrumbLevel>INFO</minimumBreadcrumbLevel>
 * </appender>
 * }</pre>
 */
// Who uses this has Logback; who does not must not need its modules to compile against this one.
@SuppressWarnings("exports")
public final class LogbackErrorAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private static final String MECHANISM = "logback";

    private Level minimumEventLevel = Level.ERROR;
    private Level minimumBreadcrumbLevel = Level.INFO;

    /** Makes one that reports from {@code ERROR} on, with breadcrumbs from {@code INFO} on. */
    public LogbackErrorAppender() {}

    /**
     * Names the lowest level that is reported.
     *
     * @param level the level, {@code ERROR} unless told; {@code OFF} for breadcrumbs alone
     */
    public void setMinimumEventLevel(Level level) {
        this.minimumEventLevel = level;
    }

    /**
     * Names the lowest level that leaves a breadcrumb.
     *
     * @param level the level, {@code INFO} unless told; {@code OFF} for none
     */
    public void setMinimumBreadcrumbLevel(Level level) {
        this.minimumBreadcrumbLevel = level;
    }

    @Override
    protected void append(ILoggingEvent event) {
        Level level = event.getLevel();
        boolean reported = level.isGreaterOrEqual(minimumEventLevel);
        boolean noted = level.isGreaterOrEqual(minimumBreadcrumbLevel);
        if ((!reported && !noted) || !LogReports.isOf(event.getLoggerName())) {
            return;
        }
        Logged logged = logged(event, reported);
        if (reported) {
            LogReports.report(logged, MECHANISM);
        }
        // After it: what is reported is no breadcrumb of itself.
        if (noted) {
            LogReports.breadcrumb(logged);
        }
    }

    private static Logged logged(ILoggingEvent event, boolean reported) {
        return new Logged(
                event.getLoggerName(),
                level(event.getLevel()),
                event.getMessage(),
                reported ? LogReports.strings(event.getArgumentArray()) : List.of(),
                event.getFormattedMessage(),
                thrown(event.getThrowableProxy()),
                event.getMDCPropertyMap(),
                event.getThreadName(),
                event.getTimeStamp());
    }

    private static @Nullable Throwable thrown(@Nullable IThrowableProxy proxy) {
        return proxy instanceof ThrowableProxy here ? here.getThrowable() : null;
    }

    private static SentryLevel level(Level level) {
        if (level.isGreaterOrEqual(Level.ERROR)) {
            return SentryLevel.ERROR;
        }
        if (level.isGreaterOrEqual(Level.WARN)) {
            return SentryLevel.WARNING;
        }
        return level.isGreaterOrEqual(Level.INFO) ? SentryLevel.INFO : SentryLevel.DEBUG;
    }
}
