package dev.vitals.metrics;

import dev.vitals.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one scrape. Who wants them takes a use and lets it go when they are written; only when nobody has one
 * can their array be taken back for a later scrape, and from then on nobody gets one. Safe for use by many threads.
 */
final class Rendering {
    private static final int TAKEN_BACK = -1;
    /** Below it gzip saves nothing worth its header. */
    private static final int SHORTEST_GZIPPED = 1024;

    private final ExpositionFormat format;
    private final byte[] bytes;
    private final int length;
    private final long madeNanos;
    private final AtomicInteger uses = new AtomicInteger();
    private @Nullable Response gzipped;

    Rendering(ExpositionFormat format, ScrapeBuffer made, long madeNanos) {
        this.format = format;
        this.bytes = made.bytes();
        this.length = made.length();
        this.madeNanos = madeNanos;
    }

    long madeNanos() {
        return madeNanos;
    }

    /** Takes a use; false where the array has been taken back. */
    boolean use() {
        return uses.updateAndGet(now -> now == TAKEN_BACK ? now : now + 1) != TAKEN_BACK;
    }

    /** An array for the next scrape: this one's, which then is gone, or a new one while anybody still has a use. */
    byte[] nextArray(int largest) {
        int wanted = (int) Math.min(largest, length + length / 8L);
        boolean isFarTooLarge = bytes.length / 4 > Math.max(wanted, ScrapeBuffer.SMALLEST);
        return !isFarTooLarge && uses.compareAndSet(0, TAKEN_BACK) ? bytes : new byte[wanted];
    }

    /** The answer to a client. Lets go of one use that the caller has: at once, or when the answer is written. */
    Response response(boolean mayGzip) throws IOException {
        if (!mayGzip || length < SHORTEST_GZIPPED) {
            return headers(Response.of(200, format.contentType(), new Held()));
        }
        try {
            return gzipped();
        } finally {
            uses.decrementAndGet();
        }
    }

    /** An answer that keeps nothing but its own bytes; nobody needs a use for it. */
    Response responseOfItsOwn(boolean mayGzip) throws IOException {
        return mayGzip && length >= SHORTEST_GZIPPED
                ? gzipped()
                : headers(Response.of(200, format.contentType(), Arrays.copyOf(bytes, length)));
    }

    private synchronized Response gzipped() throws IOException {
        Response known = gzipped;
        if (known == null) {
            var out = new ByteArrayOutputStream(Math.max(512, length / 8));
            try (var gzip = new FastGzip(out)) {
                gzip.write(bytes, 0, length);
            }
            known = headers(Response.of(200, format.contentType(), out.toByteArray()))
                    .withHeader("Content-Encoding", "gzip");
            gzipped = known;
        }
        return known;
    }

    private static Response headers(Response response) {
        return response.withHeader("Vary", "Accept, Accept-Encoding");
    }

    /** The bytes, held for whoever was given them until they are written once; after that for as long as they last. */
    private final class Held implements Response.Body {
        private final AtomicBoolean given = new AtomicBoolean(true);

        @Override
        public int length() {
            return length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            if (!given.compareAndSet(true, false) && !use()) {
                throw new IOException("this scrape has been written already, and a newer one has its buffer");
            }
            try {
                Response.Body.of(bytes, length).writeTo(out);
            } finally {
                uses.decrementAndGet();
            }
        }
    }

    /** Six times faster than the default, and a twentieth larger: the processor is the application's. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, 8192);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
