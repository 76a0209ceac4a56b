package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Through the application's own client. */
final class ClientExchange implements Exchange {
    private final HttpClient client;

    private ClientExchange(HttpClient client) {
        this.client = client;
    }

    static Exchange of(@Nullable HttpClient client) {
        HttpClient given = Options.given(client, "client(null): leave the option out, and the check needs no client");
        if (given.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the client follows redirects by itself, to whatever host: build it with"
                    + " followRedirects(HttpClient.Redirect.NEVER)");
        }
        return new ClientExchange(given);
    }

    @Override
    public Answer send(HttpRequest request, int limit, boolean keep, Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<HttpResponse<Body.Read>> exchange = client.sendAsync(request, head -> new Body(limit, keep));
        try {
            HttpResponse<Body.Read> response = exchange.get(Patience.nanos(deadline), TimeUnit.NANOSECONDS);
            String location = response.headers().firstValue("Location").orElse(null);
            return new Answer(
                    response.statusCode(),
                    location,
                    response.body().text(),
                    response.body().whole());
        } finally {
            // Closes the connection where the exchange is still under way, and does nothing where it is over.
            exchange.cancel(true);
        }
    }
}
