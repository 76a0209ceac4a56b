package dev.vitals.examples.orders;

import dev.vitals.metrics.RedisMetrics;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.lettuce.v5_1.LettuceTelemetry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The service's way to Redis: one client, one connection, and no waiting for a server that is away. */
final class RedisLink implements AutoCloseable {
    private final ClientResources resources;
    private final RedisClient client;

    RedisLink(String uri, MeterRegistry registry, OpenTelemetry openTelemetry) {
        resources = DefaultClientResources.builder()
                .commandLatencyRecorder(RedisMetrics.recorder(registry))
                .tracing(LettuceTelemetry.create(openTelemetry).newTracing())
                .build();
        RedisURI redisUri = RedisURI.create(uri);
        redisUri.setTimeout(Duration.ofSeconds(5));
        client = RedisClient.create(resources, redisUri);
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled())
                .build());
    }

    RedisClient client() {
        return client;
    }

    StatefulRedisConnection<String, String> connect() throws BadInput {
        try {
            StatefulRedisConnection<String, String> connection = client.connect();
            connection.setTimeout(Duration.ofMillis(300));
            return connection;
        } catch (RedisException unreachable) {
            Throwable cause = unreachable.getCause();
            throw new BadInput("the Redis of --redis-uri (ORDERS_REDIS_URI) cannot be reached: "
                    + (cause == null ? unreachable : cause).getMessage()
                    + ". Mend the URI or start that server, or leave the option out for an embedded one");
        }
    }

    @Override
    public void close() {
        client.shutdown(0, 1, TimeUnit.SECONDS);
        resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
}
