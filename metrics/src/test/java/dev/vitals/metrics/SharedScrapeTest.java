package dev.vitals.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.http.Response;
import io.micrometer.core.instrument.Gauge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedScrapeTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long SHARED_NANOS = SharedScrape.SHARED_FOR.toNanos();
    private static final int LARGEST = 1 << 20;

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger rendered = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SharedScrape scrape = shared(out -> {});

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void sixteenScrapersAtOnceMakeOneRendering() throws Exception {
        var isRendering = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        SharedScrape slow = shared(out -> {
            isRendering.countDown();
            await(goOn);
        });
        var bodies = new ArrayList<Future<String>>();
        bodies.add(threads.submit(() -> text(slow, LONG)));
        await(isRendering);
        for (int i = 1; i < 16; i++) {
            bodies.add(threads.submit(() -> text(slow, LONG)));
        }

        goOn.countDown();

        for (Future<String> body : bodies) {
            assertThat(body.get()).isEqualTo("rendering 1\n");
        }
        assertThat(rendered).hasValue(1);
    }

    @Test
    void aRenderingIsGivenOutForAShortTimeMore() throws Exception {
        assertThat(text(scrape, LONG)).isEqualTo("rendering 1\n");
        now.addAndGet(SHARED_NANOS - 1);
        assertThat(text(scrape, LONG)).isEqualTo("rendering 1\n");
        now.addAndGet(1);
        assertThat(text(scrape, LONG)).isEqualTo("rendering 2\n");
    }

    @Test
    void aBufferServesTheNextScrapeWhenItsBytesAreWritten() throws Exception {
        SharedScrape large = shared(out -> out.write(new byte[100_000]));
        byte[] first = array(large);
        now.addAndGet(SHARED_NANOS);
        assertThat(array(large)).isSameAs(first);
    }

    @Test
    void bytesThatASlowClientStillReadsAreNeverOverwritten() throws Exception {
        Response slow = response(scrape);
        var begins = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        Future<String> read = threads.submit(() -> {
            var got = new ByteArrayOutputStream();
            slow.writeTo(new OutputStream() {
                @Override
                public void write(int oneByte) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    begins.countDown();
                    await(goOn);
                    got.write(bytes, offset, length);
                }
            });
            return got.toString(UTF_8);
        });
        await(begins);

        for (int i = 2; i < 6; i++) {
            now.addAndGet(SHARED_NANOS);
            assertThat(text(scrape, SHORT)).isEqualTo("rendering " + i + "\n");
        }

        goOn.countDown();
        assertThat(read.get()).isEqualTo("rendering 1\n");
    }

    @Test
    void bytesThatNobodyHasWrittenYetAreNeverOverwritten() throws Exception {
        Response kept = response(scrape);
        now.addAndGet(SHARED_NANOS);
        assertThat(text(scrape, LONG)).isEqualTo("rendering 2\n");

        assertThat(kept.bodyAsText()).isEqualTo("rendering 1\n");
    }

    @Test
    void writtenASecondTimeBytesAreRightOrGone() throws Exception {
        Response twice = response(scrape);
        assertThat(twice.bodyAsText()).isEqualTo("rendering 1\n");
        assertThat(twice.bodyAsText()).isEqualTo("rendering 1\n");

        now.addAndGet(SHARED_NANOS);
        assertThat(text(scrape, LONG)).isEqualTo("rendering 2\n");

        assertThatThrownBy(() -> twice.writeTo(new ByteArrayOutputStream())).hasMessageContaining("written already");
    }

    @Test
    void whoWaitsForAHungRenderingGivesUpAndTheNextOneGoesOn() throws Exception {
        var isRendering = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        SharedScrape hung = shared(out -> {
            isRendering.countDown();
            await(goOn);
        });
        Future<String> first = threads.submit(() -> text(hung, LONG));
        await(isRendering);

        assertThat(hung.get(SHORT)).isNull();

        goOn.countDown();
        assertThat(first.get()).isEqualTo("rendering 1\n");
        assertThat(text(hung, LONG)).isEqualTo("rendering 1\n");
    }

    @Test
    void aFailureReachesAllWhoWaitAndIsNotKept() throws Exception {
        var isRendering = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        SharedScrape failing = shared(out -> {
            if (rendered.get() == 1) {
                isRendering.countDown();
                await(goOn);
                throw new IllegalStateException("two of a name");
            }
        });
        Future<String> first = threads.submit(() -> text(failing, LONG));
        await(isRendering);
        var waiter = new Thread[1];
        var waits = new CountDownLatch(1);
        Future<String> second = threads.submit(() -> {
            waiter[0] = Thread.currentThread();
            waits.countDown();
            return text(failing, LONG);
        });
        await(waits);
        while (waiter[0].getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        goOn.countDown();

        assertThatThrownBy(first::get).hasRootCauseMessage("two of a name");
        assertThatThrownBy(second::get).hasRootCauseMessage("two of a name");
        assertThat(text(failing, LONG)).isEqualTo("rendering 2\n");
    }

    @Test
    void aGaugeThatHangsCostsTheOthersNothingButA503() throws Exception {
        var isRendering = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var registry = PrometheusRegistries.create();
        Gauge.builder("hangs", () -> {
                    isRendering.countDown();
                    await(goOn);
                    return 1;
                })
                .register(registry);
        var endpoint = new MetricsEndpoint(MetricsEndpoint.builder(registry), SHORT, System::nanoTime);
        Future<Response> first = threads.submit(() -> endpoint.handle(ScrapeRequest.PLAIN));
        await(isRendering);

        for (int i = 0; i < 3; i++) {
            Response response = endpoint.handle(ScrapeRequest.PLAIN);
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.headers()).containsEntry("Retry-After", "1");
        }
        var byName = new ArrayList<Future<Response>>();
        for (int i = 0; i < 8; i++) {
            byName.add(threads.submit(() -> endpoint.handle(ScrapeRequest.query("name[]=hangs"))));
        }
        awaitDone(byName, 6);

        goOn.countDown();
        assertThat(first.get().bodyAsText()).contains("hangs 1.0");
        awaitDone(byName, 8);
        assertThat(endpoint.handle(ScrapeRequest.PLAIN).status()).isEqualTo(200);
    }

    @Test
    void aGaugeThatThrowsIsNoNumber() throws Exception {
        var registry = PrometheusRegistries.create();
        registry.counter("orders.placed");
        Gauge.builder("throws", () -> {
                    throw new IllegalStateException();
                })
                .register(registry);

        assertThat(MetricsEndpoint.of(registry).handle(ScrapeRequest.PLAIN).bodyAsText())
                .contains("throws NaN", "orders_placed_total 0.0");
    }

    private SharedScrape shared(SharedScrape.Source before) {
        return new SharedScrape(
                ExpositionFormat.TEXT,
                out -> {
                    int number = rendered.incrementAndGet();
                    before.writeTo(out);
                    out.write(("rendering " + number + "\n").getBytes(UTF_8));
                },
                LARGEST,
                SharedScrape.SHARED_FOR,
                now::get);
    }

    private static Response response(SharedScrape scrape) throws IOException {
        Rendering rendering = scrape.get(LONG);
        assertThat(rendering).isNotNull();
        return rendering.response(false);
    }

    private static @Nullable String text(SharedScrape scrape, long limitNanos) throws IOException {
        Rendering rendering = scrape.get(limitNanos);
        return rendering == null ? null : rendering.response(false).bodyAsText();
    }

    private static byte[] array(SharedScrape scrape) throws IOException {
        var arrays = new ArrayList<byte[]>();
        response(scrape).writeTo(new OutputStream() {
            @Override
            public void write(int oneByte) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                arrays.add(bytes);
            }
        });
        return arrays.get(0);
    }

    private static void awaitDone(List<? extends Future<?>> futures, int number) throws InterruptedException {
        while (futures.stream().filter(Future::isDone).count() < number) {
            Thread.sleep(5);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
