package dev.vitals.errors;

import io.sentry.Breadcrumb;
import io.sentry.Sentry;
import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import io.sentry.exception.ExceptionMechanismException;
import io.sentry.protocol.Mechanism;
import io.sentry.protocol.Message;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From what a logging library has to Sentry: a report, or a breadcrumb. What Sentry itself logs, or a hook of the
 * application's while Sentry is at work on this thread, makes neither.
 */
// Sentry's own type for points in time.
@SuppressWarnings("JavaUtilDate")
final class LogReports {
    private static final ThreadLocal<Boolean> AT_WORK = new ThreadLocal<>();

    private LogReports() {}

    /**
     * One event of a log.
     *
     * @param logger who logs
     * @param level how bad it is
     * @param template the message before its arguments are put in, by which Sentry groups
     * @param arguments the arguments as they were: one may change until the sender's thread looks at it
     * @param message the message
     * @param thrown what was thrown
     * @param mdc the MDC
     * @param thread the thread's name
     * @param millis when, in milliseconds since the epoch
     */
    record Logged(
            String logger,
            SentryLevel level,
            @Nullable String template,
            List<String> arguments,
            @Nullable String message,
            @Nullable Throwable thrown,
            Map<String, String> mdc,
            @Nullable String thread,
            long millis) {}

    static List<String> strings(@Nullable Object @Nullable [] arguments) {
        return arguments == null
                ? List.of()
                : Arrays.stream(arguments).map(LogReports::string).toList();
    }

    private static String string(@Nullable Object argument) {
        try {
            return String.valueOf(argument);
        } catch (RuntimeException | StackOverflowError failure) { // The report matters more than one argument.
            return "[" + failure.getClass().getName() + "]";
        }
    }

    static boolean isOf(@Nullable String logger) {
        return AT_WORK.get() == null
                && Sentry.isEnabled()
                && (logger == null || !(logger.startsWith("io.sentry.") || logger.startsWith("dev.vitals.errors.")));
    }

    static void report(Logged logged, String mechanism) {
        quietly(() -> Sentry.captureEvent(event(logged, mechanism)));
    }

    static void breadcrumb(Logged logged) {
        quietly(() -> {
            var crumb = new Breadcrumb(new Date(logged.millis()));
            crumb.setLevel(logged.level());
            crumb.setCategory(logged.logger());
            crumb.setMessage(logged.message());
            Sentry.addBreadcrumb(crumb);
        });
    }

    private static void quietly(Runnable sentry) {
        AT_WORK.set(true);
        try {
            sentry.run();
        } finally {
            AT_WORK.remove();
        }
    }

    private static SentryEvent event(Logged logged, String mechanism) {
        var event = new SentryEvent(new Date(logged.millis()));
        event.setLogger(logged.logger());
        event.setLevel(logged.level());
        var message = new Message();
        message.setMessage(logged.template());
        message.setFormatted(logged.message());
        message.setParams(logged.arguments());
        event.setMessage(message);
        if (logged.thrown() != null) {
            var how = new Mechanism();
            how.setType(mechanism);
            how.setHandled(true);
            event.setThrowable(new ExceptionMechanismException(how, logged.thrown(), Thread.currentThread()));
        }
        if (logged.thread() != null) {
            event.setExtra("thread_name", logged.thread());
        }
        if (!logged.mdc().isEmpty()) {
            event.getContexts().put("MDC", logged.mdc());
        }
        return event;
    }
}
