package dev.vitals.tracing;

import dev.vitals.scrubbing.Scrubber;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions as events of a span, by the semantic conventions for exceptions on spans. Messages are scrubbed, those of
 * causes too, and cut to 1,024 characters; the stack trace has at most 8 exceptions, 64 frames of each, 16,384
 * characters in all, and leaves out what was suppressed. Whatever an exception's own methods do, nothing is thrown.
 */
final class Exceptions {
    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("exception.type");
    private static final AttributeKey<String> MESSAGE = AttributeKey.stringKey("exception.message");
    private static final AttributeKey<String> STACK_TRACE = AttributeKey.stringKey("exception.stacktrace");

    private static final int LONGEST_MESSAGE = 1_024;
    private static final int LONGEST_TRACE = 16_384;
    private static final int MOST_CAUSES = 8;
    private static final int MOST_FRAMES = 64;

    private Exceptions() {}

    static void record(Span span, Throwable thrown, Scrubber scrubber) {
        AttributesBuilder attributes =
                Attributes.builder().put(TYPE, thrown.getClass().getName());
        try {
            attributes.put(MESSAGE, message(thrown, scrubber));
            attributes.put(STACK_TRACE, stackTrace(thrown, scrubber));
        } catch (Throwable itsOwnMethodsThrow) {
            // The type is told all the same.
        }
        span.addEvent("exception", attributes.build());
    }

    private static @Nullable String message(Throwable thrown, Scrubber scrubber) {
        try {
            String message = thrown.getMessage();
            return message == null ? null : Bounded.scrubbed(message, scrubber::scrub, LONGEST_MESSAGE);
        } catch (Throwable foreign) { // the frames are told all the same
            return null;
        }
    }

    private static String stackTrace(Throwable thrown, Scrubber scrubber) {
        var text = new StringBuilder();
        StackTraceElement[] enclosing = {};
        Throwable next = thrown;
        for (int i = 0; next != null && i < MOST_CAUSES && text.length() < LONGEST_TRACE; i++) {
            StackTraceElement[] frames = next.getStackTrace();
            String message = message(next, scrubber);
            text.append(i == 0 ? "" : "Caused by: ").append(next.getClass().getName());
            text.append(message == null ? "" : ": ").append(message == null ? "" : message);
            append(text.append('\n'), frames, frames.length - inCommon(frames, enclosing));
            enclosing = frames;
            next = next.getCause();
        }
        return Bounded.cut(text.toString(), LONGEST_TRACE);
    }

    private static void append(StringBuilder text, StackTraceElement[] frames, int own) {
        int shown = Math.min(own, MOST_FRAMES);
        for (int i = 0; i < shown; i++) {
            text.append("\tat ").append(frames[i]).append('\n');
        }
        if (shown < frames.length) {
            text.append("\t... ").append(frames.length - shown).append(" more\n");
        }
    }

    /** How many of the last frames are those of the exception that this one caused. */
    private static int inCommon(StackTraceElement[] frames, StackTraceElement[] enclosing) {
        int common = 0;
        while (common < Math.min(frames.length, enclosing.length)
                && Objects.equals(frames[frames.length - 1 - common], enclosing[enclosing.length - 1 - common])) {
            common++;
        }
        return common;
    }
}
