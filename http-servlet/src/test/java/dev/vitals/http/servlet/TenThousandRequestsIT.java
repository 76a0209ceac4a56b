package dev.vitals.http.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.http.RequestObservers;
import dev.vitals.http.servlet.Container.Running;
import dev.vitals.http.servlet.TracedServer.Application;
import dev.vitals.tracing.HttpServerTracing;
import io.opentelemetry.context.Context;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten thousand requests, each with a trace of its own, and none sees anything of another one's. */
@Timeout(120)
class TenThousandRequestsIT {
    private static final int REQUESTS = 10_000;
    private static final int CLIENTS = 20;
    private static final int THREADS = 16;

    private final Traces traces = new Traces();
    private final RequestObservers observers = RequestObservers.of(HttpServerTracing.of(traces.sdk));
    private final ExecutorService clientsThreads = Executors.newFixedThreadPool(4);
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        clientsThreads.shutdownNow();
        traces.close();
    }

    private void see(int number) {
        String foreign = Traces.foreign(number);
        if (foreign != null) {
            wrong.add(foreign);
        }
    }

    /** An asynchronous application that answers nobody before all have come. */
    private final class AnswersTogether implements Application {
        final WatchedPool threads = new WatchedPool(THREADS);
        private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
        private final AtomicInteger arrived = new AtomicInteger();

        @Override
        public void answer(
                jakarta.servlet.http.HttpServletRequest request, jakarta.servlet.http.HttpServletResponse response)
                throws IOException {
            if (request.getRequestURI().startsWith("/health")) {
                return;
            }
            int number = Traces.number(request.getRequestURI());
            see(number);
            if (TracedServer.comesBack(request)) {
                response.getOutputStream().print("ok");
                return;
            }
            AsyncContext async = request.startAsync();
            async.setTimeout(0);
            waiting.add(Context.current().wrap(() -> {
                if (number % 2 == 0) {
                    async.dispatch();
                } else {
                    complete(async);
                }
            }));
            if (arrived.incrementAndGet() == REQUESTS) {
                waiting.forEach(threads::execute);
            }
        }

        private void complete(AsyncContext async) {
            try {
                async.getResponse().getOutputStream().print("ok");
                async.complete();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void underWayTogetherInAContainerEachKeepsToItsOwnTrace(Container container) throws Exception {
        var application = new AnswersTogether();
        var left = new ConcurrentLinkedQueue<String>();
        List<Filter> filters =
                List.of(TracedServer.outside(left), new VitalsFilter(observers, request -> TracedServer.ROUTE));
        try (var threads = new WatchedPool(THREADS);
                var applicationsThreads = application.threads;
                var running = container.start("", TracedServer.asynchronous(application), filters, threads)) {
            var answers = askAll(running);
            for (var answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo("ok");
            }
            everyRequestHasItsSpan();
            applicationsThreads.assertClean(0);
            threads.assertClean(container == Container.JETTY ? 2 : 0);
        }
        assertThat(left).isEmpty();
        Traces.assertNoScopeLeaked();
    }

    /** Over few connections, or the process would want more files than it may have open. */
    private List<CompletableFuture<HttpResponse<String>>> askAll(Running running) throws Exception {
        List<HttpClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            HttpClient client = HttpClient.newBuilder().executor(clientsThreads).build();
            var first = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + running.port() + "/health"))
                    .build();
            assertThat(client.send(first, BodyHandlers.discarding()).version()).isEqualTo(HttpClient.Version.HTTP_2);
            clients.add(client);
        }
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int number = 1; number <= REQUESTS; number++) {
            answers.add(clients.get(number % CLIENTS)
                    .sendAsync(Traces.request(running.port(), number), BodyHandlers.ofString()));
        }
        return answers;
    }

    /** The JDK's server holds a thread for each: as many at once as it has threads, and a connection for each of them. */
    @Test
    void onTheJdksServerEachKeepsToItsOwnTrace() throws Exception {
        boolean virtual = Runtime.version().feature() >= 21;
        int atOnce = virtual ? 1_000 : 50;
        var together = new CyclicBarrier(atOnce);
        TracedServer.Work work = number -> {
            see(number);
            try {
                together.await(20, TimeUnit.SECONDS);
            } catch (Exception failed) {
                wrong.add(failed.toString());
            }
            see(number);
        };
        var platform = new WatchedPool(atOnce);
        var threads = virtual ? TracingOnServersIT.newVirtualThreadPerTaskExecutor() : platform;
        try (platform;
                var running = TracedServer.JDK.start(observers, threads, work)) {
            HttpClient client = HttpClient.newBuilder()
                    .executor(clientsThreads)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            var free = new Semaphore(atOnce);
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int number = 1; number <= REQUESTS; number++) {
                assertThat(free.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                answers.add(client.sendAsync(Traces.request(running.port(), number), BodyHandlers.ofString())
                        .whenComplete((answer, failed) -> free.release()));
            }
            for (var answer : answers) {
                assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("ok");
            }
            everyRequestHasItsSpan();
            platform.assertClean(0);
        } finally {
            threads.shutdownNow();
        }
        Traces.assertNoScopeLeaked();
    }

    private void everyRequestHasItsSpan() {
        Traces.assertOwn(traces.await(REQUESTS));
        assertThat(wrong).isEmpty();
        assertThat(observers.failures()).isZero();
    }
}
