package dev.vitals.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Renders one format, for all who ask at the same time once: who comes while a rendering is under way waits for it,
 * who comes shortly after takes it too. No lock is held while a gauge is read or bytes are sent. Safe for use by many
 * threads.
 */
final class SharedScrape {
    /**
     * For how long a rendering is given out: several scrapers that start together come within it, and nobody scrapes
     * so often that it would notice.
     */
    static final Duration SHARED_FOR = Duration.ofMillis(100);

    /** Writes all there is to scrape. */
    interface Source {
        void writeTo(OutputStream out) throws IOException;
    }

    private final ExpositionFormat format;
    private final Source source;
    private final int largest;
    private final long sharedNanos;
    private final LongSupplier nanoTime;
    private @Nullable Rendering last;
    private @Nullable CompletableFuture<Rendering> underWay;

    SharedScrape(ExpositionFormat format, Source source, int largest, Duration sharedFor, LongSupplier nanoTime) {
        this.format = format;
        this.source = source;
        this.largest = largest;
        this.sharedNanos = sharedFor.toNanos();
        this.nanoTime = nanoTime;
    }

    /** A rendering with a use for the caller; null where another's has not ended within the limit. */
    @Nullable
    Rendering get(long limitNanos) throws IOException {
        long end = System.nanoTime() + limitNanos;
        while (true) {
            var mine = new CompletableFuture<Rendering>();
            CompletableFuture<Rendering> flight;
            Rendering before;
            synchronized (this) {
                before = last;
                if (before != null && nanoTime.getAsLong() - before.madeNanos() < sharedNanos && before.use()) {
                    return before;
                }
                flight = underWay != null ? underWay : mine;
                underWay = flight;
            }
            Rendering made = flight == mine ? render(mine, before) : await(flight, end - System.nanoTime());
            // A waiter that was held up for so long that its bytes have been taken back asks again.
            if (made == null || made.use()) {
                return made;
            }
        }
    }

    private Rendering render(CompletableFuture<Rendering> flight, @Nullable Rendering before) throws IOException {
        Rendering made = null;
        try {
            byte[] array = before == null ? ScrapeBuffer.first(largest) : before.nextArray(largest);
            made = render(format, source, new ScrapeBuffer(array, largest), nanoTime);
            return made;
        } catch (Throwable failure) {
            flight.completeExceptionally(failure);
            throw failure;
        } finally {
            synchronized (this) {
                last = made;
                underWay = null;
            }
            if (made != null) {
                flight.complete(made);
            }
        }
    }

    /** Renders for one alone. */
    static Rendering render(ExpositionFormat format, Source source, ScrapeBuffer buffer, LongSupplier nanoTime)
            throws IOException {
        source.writeTo(buffer);
        return new Rendering(format, buffer, nanoTime.getAsLong());
    }

    private static @Nullable Rendering await(CompletableFuture<Rendering> flight, long nanos) throws IOException {
        try {
            return flight.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooLong) {
            return null;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ScrapeBuffer.TooLarge tooLarge) {
                throw tooLarge;
            }
            throw new IOException("the scrape that was waited for has failed", failed.getCause());
        }
    }
}
