package dev.vitals.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

class TracedExecutorTest {
    private static final int THREADS = 4;

    private final TracingFixture fixture = new TracingFixture();
    private final Traced traced = Traced.of(fixture.sdk);
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    private final ExecutorService executor = traced.wrap(pool);

    @AfterEach
    void stop() {
        pool.shutdownNow();
        fixture.close();
        MDC.clear();
    }

    @Test
    @SuppressWarnings({"NullAway", "FutureReturnValueIgnored"}) // What a caller without NullAway may do.
    void noTaskIsMisuseForWhoGivesItAndNotForThePool() {
        assertThatNullPointerException()
                .isThrownBy(() -> executor.execute(null))
                .withMessage("task");
        assertThatNullPointerException()
                .isThrownBy(() -> executor.submit((Callable<String>) null))
                .withMessage("task");
        assertThatNullPointerException()
                .isThrownBy(() -> traced.wrapSupplier(null))
                .withMessage("supplier");
        assertThatNullPointerException()
                .isThrownBy(() -> traced.wrapFunction(null))
                .withMessage("function");
        assertThatNullPointerException()
                .isThrownBy(() -> traced.wrap((Executor) null))
                .withMessage("executor");
        assertThatNullPointerException()
                .isThrownBy(() -> traced.wrap((ExecutorService) null))
                .withMessage("executor");
    }

    /** What a thread sees of the trace that it works for. */
    private record Seen(String current, String traceId, String spanId) {
        static Seen here() {
            return new Seen(
                    Span.current().getSpanContext().getSpanId(),
                    String.valueOf(MDC.get("trace_id")),
                    String.valueOf(MDC.get("span_id")));
        }
    }

    private interface Giving {
        Seen give(TracedExecutorTest test) throws Exception;
    }

    private static Stream<Giving> ways() {
        Callable<Seen> task = Seen::here;
        return Stream.of(
                test -> test.executor.submit(task).get(),
                test -> test.executor.invokeAll(List.of(task)).get(0).get(),
                test -> test.executor
                        .invokeAll(List.of(task), 10, TimeUnit.SECONDS)
                        .get(0)
                        .get(),
                test -> test.executor.invokeAny(List.of(task)),
                test -> test.executor.invokeAny(List.of(task), 10, TimeUnit.SECONDS),
                test -> {
                    var seen = new CompletableFuture<Seen>();
                    test.executor.execute(() -> seen.complete(Seen.here()));
                    return seen.get();
                },
                test -> {
                    var seen = new CompletableFuture<Seen>();
                    Future<?> unused = test.executor.submit(() -> {
                        seen.complete(Seen.here());
                    });
                    return seen.get();
                },
                test -> {
                    var seen = new Seen[1];
                    return test.executor.submit(() -> seen[0] = Seen.here(), seen)
                            .get()[0];
                },
                test -> CompletableFuture.supplyAsync(Seen::here, test.executor).get(),
                test -> CompletableFuture.supplyAsync(Seen::here, test.traced.wrap((Executor) test.pool))
                        .get(),
                test -> CompletableFuture.supplyAsync(() -> "", test.executor)
                        .thenApplyAsync(previous -> Seen.here(), test.executor)
                        .thenApplyAsync(seen -> Seen.here().equals(seen) ? seen : Seen.here(), test.executor)
                        .get(),
                test -> CompletableFuture.supplyAsync(test.traced.wrapSupplier(Seen::here), test.pool)
                        .get(),
                test -> CompletableFuture.supplyAsync(() -> "", test.pool)
                        .thenApplyAsync(test.traced.wrapFunction(previous -> Seen.here()), test.pool)
                        .get(),
                test -> test.pool.submit(test.traced.wrap(task)).get(),
                test -> test.traced.wrap(ForkJoinPool.commonPool()).submit(task).get());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aTaskSeesTheContextOfWhoGaveItAndLeavesNothingBehind(Giving way) throws Exception {
        Seen[] seen = new Seen[2];
        traced.<Object, Exception>call("first", () -> seen[0] = way.give(this));
        traced.<Object, Exception>call("second", () -> seen[1] = way.give(this));

        for (int i = 0; i < 2; i++) {
            var span = fixture.exporter.getFinishedSpanItems().get(i);
            assertThat(seen[i]).isEqualTo(new Seen(span.getSpanId(), span.getTraceId(), span.getSpanId()));
        }
        everyThreadIsClean();
    }

    @Test
    void aThreadsOwnMdcIsAsItWasAfterwards() throws Exception {
        onEveryThread(() -> {
            MDC.put("trace_id", "of somebody else");
            MDC.put("tenant", "acme");
        });

        traced.<Object, Exception>call("work", () -> {
            for (int i = 0; i < 100; i++) {
                assertThat(executor.submit(() -> MDC.get("tenant")).get()).isEqualTo("acme");
            }
            return "done";
        });

        onEveryThread(() -> {
            assertThat(MDC.getCopyOfContextMap()).containsOnlyKeys("trace_id", "tenant");
            assertThat(MDC.get("trace_id")).isEqualTo("of somebody else");
        });
    }

    /** Such as a pool's thread that helps out while it waits. */
    @Test
    void aTaskOfNoTraceHasNoIdsWhateverItsThreadIsAt() {
        Runnable task = traced.wrap(() -> {
            assertThat(Span.current().getSpanContext().isValid()).isFalse();
            assertThat(MDC.get("trace_id")).isNull();
        });

        traced.run("another request", () -> {
            task.run();
            assertThat(MDC.get("trace_id")).isNotNull();
        });
    }

    @Test
    void aTaskThatThrowsLeavesNothingBehind() {
        var thrown = new IllegalStateException("broken");
        traced.run("work", () -> {
            for (int i = 0; i < 2 * THREADS; i++) {
                assertThatThrownBy(() -> executor.submit((Callable<String>) () -> {
                                    throw thrown;
                                })
                                .get())
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isSameAs(thrown);
            }
        });
        everyThreadIsClean();
    }

    @Test
    void anExecutorThatRejectsDoesSo() throws Exception {
        var full = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1));
        var release = new CountDownLatch(1);
        try {
            ExecutorService wrapped = traced.wrap(full);
            traced.run("work", () -> {
                wrapped.execute(() -> await(release));
                wrapped.execute(() -> {});
                assertThatThrownBy(() -> wrapped.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
                assertThat(MDC.get("span_id"))
                        .isEqualTo(Span.current().getSpanContext().getSpanId());
            });
            release.countDown();
            wrapped.shutdown();
            assertThat(wrapped.isShutdown()).isTrue();
            assertThat(wrapped.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            assertThat(wrapped.isTerminated()).isTrue();
            assertThatThrownBy(() -> wrapped.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        } finally {
            release.countDown();
            full.shutdownNow();
        }
    }

    @Test
    void whatNeverRanComesBackAndCanStillBeCancelled() throws Exception {
        ExecutorService one = Executors.newSingleThreadExecutor();
        var running = new CountDownLatch(1);
        try {
            ExecutorService wrapped = traced.wrap(one);
            wrapped.execute(() -> {
                running.countDown();
                await(new CountDownLatch(1));
            });
            Future<String> waiting = wrapped.submit(() -> "never");
            running.await();

            List<Runnable> left = wrapped.shutdownNow();

            assertThat(left).hasSize(1);
            assertThat(((Future<?>) left.get(0)).cancel(false)).isTrue();
            assertThat(waiting).isCancelled();
        } finally {
            one.shutdownNow();
        }
    }

    /** Executors can be closed from Java 19 on; the common pool ignores it. */
    @Test
    void closingItClosesTheOneBehindIt() throws Exception {
        boolean closeable = Runtime.version().feature() >= 19;
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            ((TracedExecutor) traced.wrap(one)).close();
            assertThat(one.isTerminated()).isEqualTo(closeable);
            ((TracedExecutor) traced.wrap(ForkJoinPool.commonPool())).close();
            assertThat(ForkJoinPool.commonPool().isShutdown()).isFalse();
        } finally {
            one.shutdownNow();
        }
    }

    @Test
    void itWorksOnVirtualThreadsWhereThereAreAny() throws Exception {
        ExecutorService behind = perTask();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        try {
            ExecutorService each = traced.wrap(behind);
            List<Future<Seen>> seen = new ArrayList<>();
            traced.run("work", () -> IntStream.range(0, 1_000)
                    .forEach(i -> seen.add(each.submit(() -> {
                        threads.add(Thread.currentThread().toString());
                        return Seen.here();
                    }))));
            var span = fixture.exporter.getFinishedSpanItems().get(0);
            for (Future<Seen> one : seen) {
                assertThat(one.get(10, TimeUnit.SECONDS))
                        .isEqualTo(new Seen(span.getSpanId(), span.getTraceId(), span.getSpanId()));
            }
        } finally {
            behind.shutdownNow();
        }
        boolean virtual = Runtime.version().feature() >= 21;
        assertThat(threads).isNotEmpty().allMatch(thread -> thread.startsWith("VirtualThread") == virtual);
    }

    private static ExecutorService perTask() throws ReflectiveOperationException {
        if (Runtime.version().feature() < 21) {
            return Executors.newFixedThreadPool(THREADS);
        }
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }

    private void everyThreadIsClean() {
        onEveryThread(() -> {
            assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
            assertThat(Context.current()).isSameAs(Context.root());
        });
    }

    /** Each thread is held until all are there: so none does it twice. */
    private void onEveryThread(Runnable check) {
        var all = new CyclicBarrier(THREADS);
        List<Future<Thread>> checked = IntStream.range(0, THREADS)
                .mapToObj(i -> pool.submit(() -> {
                    all.await(10, TimeUnit.SECONDS);
                    check.run();
                    return Thread.currentThread();
                }))
                .toList();
        assertThat(checked.stream().map(TracedExecutorTest::get).distinct()).hasSize(THREADS);
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
