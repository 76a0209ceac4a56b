package dev.vitals.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A gauge for each server that says how many requests it still allows. Its word counts until its window ends: NaN from
 * there on, for nobody knows. Safe for use by many threads; the last word counts.
 */
final class RateLimits {
    private final MeterRegistry registry;
    private final Clock clock;
    private final ConcurrentHashMap<AskedServer, Word> words = new ConcurrentHashMap<>();

    RateLimits(MeterRegistry registry) {
        this.registry = registry;
        this.clock = registry.config().clock();
    }

    void told(AskedServer server, RateLimit limit) {
        Word word = words.get(server);
        if (word == null) {
            word = words.computeIfAbsent(server, unused -> new Word());
            word.last = said(limit);
            // Once more by a second thread does no harm: a registry keeps the first.
            register(server, word);
        } else {
            word.last = said(limit);
        }
    }

    private Said said(RateLimit limit) {
        return new Said(limit.remaining(), clock.monotonicTime() + TimeUnit.SECONDS.toNanos(limit.seconds()));
    }

    private void register(AskedServer server, Word word) {
        Gauge.builder(HttpDefinitions.RATE_LIMIT_REMAINING.meter(), () -> word.value(clock.monotonicTime()))
                .description(HttpDefinitions.RATE_LIMIT_REMAINING.description())
                .tag(HttpDefinitions.SERVER_ADDRESS.name(), server.address())
                .tag(HttpDefinitions.SERVER_PORT.name(), server.port())
                .register(registry);
    }

    private record Said(long remaining, long endNanos) {}

    private static final class Word {
        private volatile @Nullable Said last;

        double value(long nowNanos) {
            Said said = last;
            return said != null && said.endNanos - nowNanos > 0 ? said.remaining : Double.NaN;
        }
    }
}
