package dev.vitals.health;

import dev.vitals.http.Response;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A detailed body, rendered on first read and at most every 250 ms however many read it. Rendering runs no foreign code;
 * whoever comes while it goes on gets the body before.
 */
final class DetailedBody {
    private static final long AT_MOST_EVERY_NANOS = 250_000_000L;

    private record Rendered(Response response, long nanos) {}

    private final LongSupplier nanoTime;
    private final Supplier<Response> render;
    private final ReentrantLock rendering = new ReentrantLock();
    private volatile @Nullable Rendered last;

    DetailedBody(LongSupplier nanoTime, Supplier<Response> render) {
        this.nanoTime = nanoTime;
        this.render = render;
    }

    Response get() {
        Rendered rendered = fresh();
        if (rendered != null) {
            return rendered.response();
        }
        Rendered before = last;
        if (!rendering.tryLock()) {
            if (before != null) {
                return before.response();
            }
            rendering.lock();
        }
        try {
            rendered = fresh();
            if (rendered == null) {
                rendered = new Rendered(render.get(), nanoTime.getAsLong());
                last = rendered;
            }
            return rendered.response();
        } finally {
            rendering.unlock();
        }
    }

    private @Nullable Rendered fresh() {
        Rendered rendered = last;
        return rendered != null && nanoTime.getAsLong() - rendered.nanos() < AT_MOST_EVERY_NANOS ? rendered : null;
    }
}
