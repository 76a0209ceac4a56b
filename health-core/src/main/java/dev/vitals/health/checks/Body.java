package dev.vitals.health.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes so many bytes of a body and no more; past that it hangs up. */
final class Body implements BodySubscriber<Body.Read> {
    /**
     * What was read.
     *
     * @param text what was kept of it
     * @param whole whether the body ended within the limit
     */
    record Read(String text, boolean whole) {}

    private final int limit;
    private final boolean keep;
    private final CompletableFuture<Read> read = new CompletableFuture<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription subscription;
    private long seen;

    Body(int limit, boolean keep) {
        this.limit = limit;
        this.keep = keep;
    }

    @Override
    public CompletionStage<Read> getBody() {
        return read;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            seen += buffer.remaining();
            if (keep && seen <= limit) {
                var bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                kept.writeBytes(bytes);
            }
        }
        Flow.Subscription source = subscription;
        if (seen > limit) {
            read.complete(new Read(kept.toString(UTF_8), false));
            if (source != null) {
                source.cancel();
            }
        } else if (source != null) {
            source.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        read.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        read.complete(new Read(kept.toString(UTF_8), true));
    }
}
