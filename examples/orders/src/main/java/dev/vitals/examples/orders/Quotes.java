package dev.vitals.examples.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.http.ObservedHttpClient;
import dev.vitals.metrics.BusinessCounter;
import dev.vitals.metrics.HttpClientMetrics;
import dev.vitals.metrics.Operations;
import dev.vitals.tracing.HttpClientTracing;
import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Function;
import tools.jackson.core.JacksonException;

/** Quotes: from Redis where it has them, else from the outside pricing API, which may be slow or away. */
final class Quotes {
    private static final SetArgs FIVE_SECONDS = SetArgs.Builder.px(Duration.ofSeconds(5));

    private final StatefulRedisConnection<String, String> cache;
    private final Function<String, URI> prices;
    private final HttpClient client;
    private final BusinessCounter hits;
    private final BusinessCounter misses;
    private final BusinessCounter bypasses;

    Quotes(
            StatefulRedisConnection<String, String> cache,
            Function<String, URI> prices,
            MeterRegistry registry,
            Operations operations,
            OpenTelemetry openTelemetry) {
        this.cache = cache;
        this.prices = prices;
        this.client = ObservedHttpClient.of(
                HttpClient.newBuilder().connectTimeout(Duration.ofMillis(500)).build(),
                HttpClientTracing.of(openTelemetry),
                HttpClientMetrics.of(registry));
        BusinessCounter looked = operations.counter(
                "quotes.cache", "Quotes by what the cache did: hit, miss, or bypass while Redis is away", "result");
        this.hits = looked.with("hit");
        this.misses = looked.with("miss");
        this.bypasses = looked.with("bypass");
    }

    /** {@return what one costs} */
    BigDecimal price(String symbol) throws IOException, InterruptedException {
        try {
            return Reply.JSON.readTree(quote(symbol)).path("price").decimalValue();
        } catch (JacksonException malformed) {
            throw new IOException("the pricing API gave no price", malformed);
        }
    }

    /** {@return the quote as JSON} */
    String quote(String symbol) throws IOException, InterruptedException {
        String key = "vitals-demo:quote:" + symbol;
        String cached;
        try {
            cached = cache.sync().get(key);
        } catch (RedisException away) {
            bypasses.increment();
            return fetch(symbol);
        }
        if (cached != null) {
            hits.increment();
            return cached;
        }
        misses.increment();
        String fetched = fetch(symbol);
        keep(key, fetched);
        return fetched;
    }

    private void keep(String key, String quote) {
        try {
            cache.sync().set(key, quote, FIVE_SECONDS);
        } catch (RedisException away) {
            // The next one is a miss again, or a bypass, and counted as such.
        }
    }

    private String fetch(String symbol) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(prices.apply(symbol))
                .timeout(Duration.ofMillis(800))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
        if (answer.statusCode() != 200) {
            throw new IOException("the pricing API answered " + answer.statusCode());
        }
        return answer.body();
    }
}
