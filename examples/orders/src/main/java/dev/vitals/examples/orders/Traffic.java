package dev.vitals.examples.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Customers: a steady number of requests a second, as long as the service keeps up. */
final class Traffic implements AutoCloseable {
    private static final List<String> SYMBOLS = List.of("ACME", "GLOBEX", "HOOLI", "INITECH", "UMBRELLA", "WONKA");

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "traffic");
        thread.setDaemon(true);
        return thread;
    });
    // Customers who wait do not come again: a slow service meets a bounded crowd.
    private final Semaphore customers = new Semaphore(200);
    private final AtomicLong latestOrder = new AtomicLong();
    private final String service;

    Traffic(String service) {
        this.service = service;
    }

    void start(int perSecond) {
        if (perSecond > 0) {
            var unused = timer.scheduleAtFixedRate(this::send, 0, 1_000_000_000L / perSecond, TimeUnit.NANOSECONDS);
        }
    }

    private void send() {
        if (!customers.tryAcquire()) {
            return;
        }
        var random = ThreadLocalRandom.current();
        String symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
        int choice = random.nextInt(10);
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(Duration.ofSeconds(10));
        if (choice < 4 || latestOrder.get() == 0) {
            String order = "{\"symbol\":\"" + symbol + "\",\"quantity\":" + random.nextInt(1, 100) + "}";
            request.uri(URI.create(service + "/orders")).POST(BodyPublishers.ofString(order, UTF_8));
        } else if (choice < 7) {
            request.uri(URI.create(service + "/orders/" + latestOrder.get()));
        } else {
            request.uri(URI.create(service + "/quotes/" + symbol));
        }
        var unused = client.sendAsync(request.build(), BodyHandlers.ofString(UTF_8))
                .whenComplete((answer, failure) -> {
                    customers.release();
                    if (answer != null && answer.statusCode() == 201) {
                        remember(answer);
                    }
                });
    }

    private void remember(HttpResponse<String> created) {
        latestOrder.set(Reply.JSON.readTree(created.body()).path("id").asLong());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
