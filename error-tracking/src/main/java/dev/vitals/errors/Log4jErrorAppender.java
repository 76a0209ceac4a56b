package dev.vitals.errors;

import dev.vitals.errors.LogReports.Logged;
import io.sentry.SentryLevel;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginAttribute;
import org.apache.logging.log4j.core.config.plugins.PluginElement;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Log4j2's way to Sentry: what is logged as an error is reported, what is logged before it goes along as breadcrumbs. It
 * starts no Sentry of its own, and does nothing until there is one. What Sentry itself logs goes nowhere. Grouping is by
 * the message before its arguments, or by what was thrown. Safe for use by many threads.
 *
 * <pre>{@code
 * <ErrorTracking name="errors" minimumEventLevel="ERROR" minimumBreadcrumbLevel="INFO"/>
 * }</pre>
 */
// Who uses this has Log4j2; who does not must not need its modules to compile against this one.
@SuppressWarnings("exports")
@Plugin(name = "ErrorTracking", category = Core.CATEGORY_NAME, elementType = Appender.ELEMENT_TYPE)
public final class Log4jErrorAppender extends AbstractAppender {
    private static final String MECHANISM = "log4j2";

    private final Level minimumEventLevel;
    private final Level minimumBreadcrumbLevel;

    private Log4jErrorAppender(
            String name, @Nullable Filter filter, Level minimumEventLevel, Level minimumBreadcrumbLevel) {
        super(name, filter, null, true, Property.EMPTY_ARRAY);
        this.minimumEventLevel = minimumEventLevel;
        this.minimumBreadcrumbLevel = minimumBreadcrumbLevel;
    }

    /**
     * {@return an appender}
     *
     * @param name its name in the configuration
     * @param filter what it takes at all, null for all
     * @param minimumEventLevel the lowest level that is reported; {@code OFF} for breadcrumbs alone
     * @param minimumBreadcrumbLevel the lowest level that leaves a breadcrumb; {@code OFF} for none
     */
    @PluginFactory
    public static Log4jErrorAppender create(
            @PluginAttribute(value = "name", defaultString = "errors") String name,
            @PluginElement("filter") @Nullable Filter filter,
            @PluginAttribute(value = "minimumEventLevel", defaultString = "ERROR") Level minimumEventLevel,
            @PluginAttribute(value = "minimumBreadcrumbLevel", defaultString = "INFO") Level minimumBreadcrumbLevel) {
        return new Log4jErrorAppender(name, filter, minimumEventLevel, minimumBreadcrumbLevel);
    }

    @Override
    public void append(LogEvent event) {
        boolean reported = event.getLevel().isMoreSpecificThan(minimumEventLevel);
        boolean noted = event.getLevel().isMoreSpecificThan(minimumBreadcrumbLevel);
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

    // Deprecated, and yet the only one that tells the message before its arguments.
    @SuppressWarnings("deprecation")
    private static Logged logged(LogEvent event, boolean reported) {
        Message message = event.getMessage();
        return new Logged(
                event.getLoggerName(),
                level(event.getLevel()),
                message.getFormat(),
                reported ? LogReports.strings(message.getParameters()) : List.of(),
                message.getFormattedMessage(),
                event.getThrown(),
                event.getContextData().toMap(),
                event.getThreadName(),
                event.getInstant().getEpochMillisecond());
    }

    private static SentryLevel level(Level level) {
        if (level.isMoreSpecificThan(Level.FATAL)) {
            return SentryLevel.FATAL;
        }
        if (level.isMoreSpecificThan(Level.ERROR)) {
            return SentryLevel.ERROR;
        }
        if (level.isMoreSpecificThan(Level.WARN)) {
            return SentryLevel.WARNING;
        }
        return level.isMoreSpecificThan(Level.INFO) ? SentryLevel.INFO : SentryLevel.DEBUG;
    }
}
