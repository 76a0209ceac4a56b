package dev.vitals.errors;

import dev.vitals.scrubbing.Scrubber;
import io.sentry.JsonObjectWriter;
import io.sentry.NoOpLogger;
import io.sentry.SentryBaseEvent;
import io.sentry.SentryEvent;
import io.sentry.SpanContext;
import io.sentry.protocol.SentryException;
import io.sentry.protocol.SentryStackFrame;
import io.sentry.protocol.SentryStackTrace;
import io.sentry.protocol.SentryTransaction;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is sent of a report that could not be scrubbed: where and when it was, and nothing that anybody has written. */
final class Skeleton {
    private static final String UNSCRUBBABLE = "[unscrubbable]";
    private static final int LONGEST = 512;

    private final StringWriter json = new StringWriter();
    private final JsonObjectWriter out = new JsonObjectWriter(json, 16);
    private final Scrubber scrubber;

    private Skeleton(Scrubber scrubber) {
        this.scrubber = scrubber;
    }

    /** {@return whether there can be one of it} */
    static boolean fits(Object report) {
        return report instanceof SentryEvent || report instanceof SentryTransaction;
    }

    /**
     * {@return its JSON}
     *
     * @param number how many reports have come to this, told with it
     */
    static String of(SentryBaseEvent report, Scrubber scrubber, long number) throws IOException {
        Skeleton skeleton = new Skeleton(scrubber);
        skeleton.write(report, number);
        return skeleton.json.toString();
    }

    private void write(SentryBaseEvent report, long number) throws IOException {
        out.beginObject();
        if (report.getEventId() != null) {
            out.name("event_id").value(NoOpLogger.getInstance(), report.getEventId());
        }
        text("platform", report.getPlatform());
        text("release", report.getRelease());
        text("environment", report.getEnvironment());
        trace(report.getContexts().getTrace());
        out.name("tags").beginObject();
        out.name("vitals.skeletons").value(Long.toString(number)).endObject();
        if (report instanceof SentryEvent event) {
            event(event);
        } else if (report instanceof SentryTransaction transaction) {
            transaction(transaction);
        }
        out.endObject();
    }

    private void trace(@Nullable SpanContext trace) throws IOException {
        if (trace != null) {
            out.name("contexts").beginObject().name("trace").beginObject();
            text("trace_id", trace.getTraceId().toString());
            text("span_id", trace.getSpanId().toString());
            out.endObject().endObject();
        }
    }

    private void event(SentryEvent event) throws IOException {
        out.name("timestamp").value(NoOpLogger.getInstance(), event.getTimestamp());
        if (event.getLevel() != null) {
            out.name("level").value(event.getLevel().name().toLowerCase(Locale.ROOT));
        }
        List<SentryException> exceptions = event.getExceptions();
        if (exceptions != null) {
            out.name("exception").beginObject().name("values").beginArray();
            for (SentryException exception : exceptions) {
                exception(exception);
            }
            out.endArray().endObject();
        }
    }

    private void exception(SentryException exception) throws IOException {
        out.beginObject();
        text("type", exception.getType());
        text("module", exception.getModule());
        SentryStackTrace trace = exception.getStacktrace();
        if (trace != null && trace.getFrames() != null) {
            out.name("stacktrace").beginObject().name("frames").beginArray();
            for (SentryStackFrame frame : trace.getFrames()) {
                frame(frame);
            }
            out.endArray().endObject();
        }
        out.endObject();
    }

    private void frame(SentryStackFrame frame) throws IOException {
        out.beginObject();
        text("module", frame.getModule());
        text("function", frame.getFunction());
        text("filename", frame.getFilename());
        if (frame.getLineno() != null) {
            out.name("lineno").value(frame.getLineno());
        }
        if (frame.isInApp() != null) {
            out.name("in_app").value(frame.isInApp());
        }
        out.endObject();
    }

    private void transaction(SentryTransaction transaction) throws IOException {
        out.name("type").value("transaction");
        seconds("start_timestamp", transaction.getStartTimestamp());
        seconds("timestamp", transaction.getTimestamp());
        out.name("spans").beginArray().endArray();
    }

    private void seconds(String name, @Nullable Double time) throws IOException {
        if (time != null) {
            out.name(name).value(BigDecimal.valueOf(time).setScale(6, RoundingMode.DOWN));
        }
    }

    private void text(String name, @Nullable String text) throws IOException {
        if (text != null) {
            out.name(name).value(harmless(text));
        }
    }

    /** What was found to be private has its label; what is no name in code, nor a version, goes. */
    private String harmless(String text) {
        String safe = text.length() > LONGEST ? UNSCRUBBABLE : scrubber.scrub(text);
        return safe.chars().allMatch(Skeleton::isOfNames) ? safe : UNSCRUBBABLE;
    }

    private static boolean isOfNames(int c) {
        return Character.isJavaIdentifierPart(c) || ".-/<>@+:[]()".indexOf(c) >= 0;
    }
}
