package dev.vitals.benchmarks;

import dev.vitals.errors.ErrorTracking;
import io.sentry.Breadcrumb;
import io.sentry.Hint;
import io.sentry.Sentry;
import io.sentry.SentryEnvelope;
import io.sentry.SentryEvent;
import io.sentry.SentryOptions;
import io.sentry.transport.ITransport;
import io.sentry.transport.RateLimiter;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is reported in the measurements of error tracking, and a Sentry whose queue is never full. */
final class ReportedErrors {
    private static final int FRAMES = 40;
    private static final int CAUSES = 3;
    private static final int BREADCRUMBS = 50;
    // The JVM keeps the name of a class or method once, however often something is thrown there.
    private static final StackTraceElement[][] FRAMES_OF =
            IntStream.rangeClosed(0, CAUSES).mapToObj(ReportedErrors::frames).toArray(StackTraceElement[][]::new);

    private ReportedErrors() {}

    /** Three causes below it, 40 frames each, as deep as what a web framework calls. */
    static Throwable error(int number) {
        Throwable error = root(number);
        error.setStackTrace(FRAMES_OF[0]);
        for (int i = 1; i <= CAUSES; i++) {
            error = wrap(number, error);
            error.setStackTrace(FRAMES_OF[i]);
        }
        return error;
    }

    /** The same as it comes from where it is thrown: nobody has looked at its frames yet. */
    static Throwable thrown(int number) {
        return thrown(number, FRAMES);
    }

    private static Throwable thrown(int number, int depth) {
        if (depth > 0) {
            return thrown(number, depth - 1);
        }
        Throwable error = root(number);
        for (int i = 1; i <= CAUSES; i++) {
            error = wrap(number, error);
        }
        return error;
    }

    private static Throwable root(int number) {
        return new IllegalArgumentException("customer " + number + " is not known");
    }

    private static Throwable wrap(int number, Throwable cause) {
        return new IllegalStateException("order " + number + " could not be placed", cause);
    }

    private static StackTraceElement[] frames(int link) {
        var frames = new StackTraceElement[FRAMES];
        Arrays.setAll(
                frames,
                i -> new StackTraceElement(
                        "com.acme.shop.layer" + i % 10 + ".Service" + i,
                        "work" + link,
                        "Service" + i + ".java",
                        10 + i));
        return frames;
    }

    /** Starts Sentry, with Vitals where it is asked for. What it would send is thrown away at once. */
    static SentryOptions start(boolean vitals, int perError) {
        var options = new SentryOptions();
        options.setDsn("http://publickey@127.0.0.1:9/1");
        options.setEnableShutdownHook(false);
        options.setEnableUncaughtExceptionHandler(false);
        // The same errors are reported again and again.
        options.setEnableDeduplication(false);
        options.setTransportFactory((own, details) -> new Nowhere());
        if (vitals) {
            ErrorTracking.builder()
                    .perError(perError, perError == 1 ? Duration.ofDays(1) : Duration.ofNanos(1))
                    .perMinute(10_000_000)
                    .duplicatesWithin(Duration.ofMillis(1))
                    .install(options);
        }
        Sentry.init(options);
        Sentry.configureScope(scope -> {
            for (int i = 0; i < BREADCRUMBS; i++) {
                scope.addBreadcrumb(
                        Breadcrumb.http("https://warehouse.acme.com/articles/" + i + "?stock=true", "GET", 200));
            }
        });
        return options;
    }

    /** The event of an error, with all that Sentry puts into it on the caller's thread. */
    static SentryEvent event() {
        var seen = new AtomicReference<@Nullable SentryEvent>();
        SentryOptions options = start(false, 1);
        options.setBeforeSend((event, hint) -> {
            seen.set(event);
            return event;
        });
        Sentry.captureException(error(1));
        SentryEvent event = seen.get();
        if (event == null) {
            throw new IllegalStateException("Sentry has made no event");
        }
        return event;
    }

    private static final class Nowhere implements ITransport {
        @Override
        public void send(SentryEnvelope envelope, Hint hint) {}

        @Override
        public void flush(long timeoutMillis) {}

        @Override
        public @Nullable RateLimiter getRateLimiter() {
            return null;
        }

        @Override
        public void close(boolean isRestarting) {}

        @Override
        public void close() {}
    }
}
