package dev.vitals.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * What was thrown, as an event of a span by the semantic conventions for exceptions on spans; all of it scrubbed, and the
 * stack trace bounded: whatever the depth, the causes and the messages.
 */
final class ExceptionEvent {
    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("exception.type");
    private static final AttributeKey<String> MESSAGE = AttributeKey.stringKey("exception.message");
    private static final AttributeKey<String> STACK_TRACE = AttributeKey.stringKey("exception.stacktrace");

    static final int LONGEST_STACK_TRACE = 8_192;
    private static final int MOST_FRAMES = 64;
    private static final int DEEPEST_CAUSE = 8;

    private ExceptionEvent() {}

    static void add(Span span, Throwable thrown, Texts texts) {
        var attributes = Attributes.builder().put(TYPE, thrown.getClass().getName());
        String message = message(thrown, texts);
        if (message != null) {
            attributes.put(MESSAGE, message);
        }
        attributes.put(STACK_TRACE, stackTrace(thrown, texts));
        span.addEvent("exception", attributes.build());
    }

    /** The messages in it are clean before it is cut; frames are names from the code. */
    private static String stackTrace(Throwable thrown, Texts texts) {
        var text = new StringBuilder(1_024);
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (depth > 0) {
                text.append("Caused by: ");
            }
            text.append(cause.getClass().getName());
            String message = message(cause, texts);
            if (message != null) {
                text.append(": ").append(message);
            }
            text.append('\n');
            frames(cause, text);
            cause = causeOf(cause);
        }
        return texts.cleanAll(Texts.cut(text.toString(), LONGEST_STACK_TRACE));
    }

    private static void frames(Throwable thrown, StringBuilder text) {
        StackTraceElement[] frames = thrown.getStackTrace();
        int shown = Math.min(frames.length, MOST_FRAMES);
        for (int i = 0; i < shown && text.length() < LONGEST_STACK_TRACE; i++) {
            text.append("\tat ").append(frames[i]).append('\n');
        }
        if (shown < frames.length) {
            text.append("\t... ").append(frames.length - shown).append(" more\n");
        }
    }

    // An exception's methods are foreign code, and a request's end must not fail for them.
    private static @Nullable String message(Throwable thrown, Texts texts) {
        try {
            String message = thrown.getMessage();
            return message == null ? null : texts.clean(message);
        } catch (RuntimeException | StackOverflowError failed) {
            return null;
        }
    }

    private static @Nullable Throwable causeOf(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (RuntimeException | StackOverflowError failed) {
            return null;
        }
    }
}
