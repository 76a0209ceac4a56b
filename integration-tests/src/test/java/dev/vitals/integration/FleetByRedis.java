package dev.vitals.integration;

import dev.vitals.health.HealthListener;
import dev.vitals.health.HealthReport;
import dev.vitals.health.Status;
import io.lettuce.core.Range;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Each instance writes down how it sees a check; whoever asks counts those that did so within half a minute. */
final class FleetByRedis implements HealthListener, BooleanSupplier {
    private static final Duration RECENT = Duration.ofSeconds(30);

    private final RedisCommands<String, String> redis;
    private final String check;
    private final String instance;
    private final String all;
    private final String down;

    FleetByRedis(StatefulRedisConnection<String, String> connection, String check, String instance) {
        connection.setTimeout(Duration.ofMillis(500));
        this.redis = connection.sync();
        this.check = check;
        this.instance = instance;
        this.all = "fleet:" + check;
        this.down = "fleet:" + check + ":down";
    }

    @Override
    public void onCompleted(HealthReport.Check after) {
        if (after.name().equals(check)) {
            note(all, true);
            note(down, after.status() == Status.DOWN);
        }
    }

    /** More than half of them, of three at the least. */
    @Override
    public boolean getAsBoolean() {
        Range<Double> recent =
                Range.from(Range.Boundary.including(now() - RECENT.toSeconds()), Range.Boundary.unbounded());
        long instances = redis.zcount(all, recent);
        return instances >= 3 && 2 * redis.zcount(down, recent) > instances;
    }

    private void note(String key, boolean holds) {
        double now = now();
        if (holds) {
            redis.zadd(key, now, instance);
        } else {
            redis.zrem(key, instance);
        }
        // Instances that are gone are forgotten, and so is the fleet.
        redis.zremrangebyscore(
                key, Range.from(Range.Boundary.unbounded(), Range.Boundary.excluding(now - RECENT.toSeconds())));
        redis.expire(key, RECENT.multipliedBy(2));
    }

    /** The server's clock, one for all instances. */
    private double now() {
        return Double.parseDouble(redis.time().get(0));
    }
}
