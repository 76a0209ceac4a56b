package dev.vitals.http.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Threads of a fixed number, each looked at after whatever it did. */
final class WatchedPool extends ThreadPoolExecutor implements AutoCloseable {
    private final Queue<String> left = new ConcurrentLinkedQueue<>();

    WatchedPool(int threads) {
        super(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        prestartAllCoreThreads();
    }

    @Override
    protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
        String dirt = Traces.left();
        if (dirt != null) {
            left.add(dirt);
        }
    }

    /** Asks every thread that has nothing to do, each once, what stands on it. */
    void assertClean(int busy) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (getActiveCount() > busy && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(1_000_000);
        }
        int idle = getPoolSize() - busy;
        assertThat(idle).isPositive();
        var together = new CyclicBarrier(idle);
        List<Future<String>> probes = new ArrayList<>();
        for (int i = 0; i < idle; i++) {
            probes.add(submit(() -> {
                together.await(10, TimeUnit.SECONDS);
                return Thread.currentThread().getName() + ": " + Traces.left();
            }));
        }
        List<String> said = new ArrayList<>();
        for (Future<String> probe : probes) {
            said.add(probe.get());
        }
        assertThat(said).doesNotHaveDuplicates().allMatch(line -> line.endsWith(": null"));
        assertThat(left).isEmpty();
    }

    /** For a language level at which an executor is not closed by itself. */
    @Override
    public void close() {
        shutdownNow();
    }
}
