package dev.vitals.health.redis;

import java.util.concurrent.CompletableFuture;

/** Where a connection comes from. Safe for use by many threads. */
interface Source<C> extends AutoCloseable {
    /** The connection, or the attempt under way, or a new one where the last has failed. */
    CompletableFuture<C> get();

    /** This connection is of no use any more. Does not wait for its end. */
    void giveUp(CompletableFuture<C> useless);

    @Override
    void close();

    /** The application's own: used, and never closed. */
    static <C> Source<C> given(C connection) {
        CompletableFuture<C> there = CompletableFuture.completedFuture(connection);
        return new Source<>() {
            @Override
            public CompletableFuture<C> get() {
                return there;
            }

            @Override
            public void giveUp(CompletableFuture<C> useless) {}

            @Override
            public void close() {}
        };
    }
}
