package dev.vitals.examples.orders;

import dev.vitals.health.HealthMonitor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults of this demo. Only what the demo itself started can be broken. */
final class AllFaults {
    private AllFaults() {}

    static List<Fault> of(
            @Nullable EmbeddedPostgreSql postgreSql,
            @Nullable EmbeddedRedis redis,
            Switches switches,
            PricingApi pricing,
            PoolLeak leak,
            TightMemory memory,
            HealthMonitor monitor) {
        return List.of(
                database(postgreSql),
                new Fault(
                        "pool",
                        "every connection of the pool is lent and none comes back: the database is well, and the check says so: DEGRADED",
                        leak::set),
                redis(redis),
                redisMemory(redis, memory),
                new Fault("slow", "every request takes 1 to 2 s longer", switches::slow),
                new Fault("errors", "every fourth request fails with 500", switches::errors),
                new Fault(
                        "worker",
                        "the worker hangs: orders pile up, and after 15 s liveness is DOWN",
                        switches::workerHangs),
                new Fault("pricing", "the outside pricing API takes requests and never answers", pricing::blackHole),
                maintenance(monitor));
    }

    /** No fault, and yet something to switch: it is how an operator takes one instance out of traffic. */
    private static Fault maintenance(HealthMonitor monitor) {
        return new Fault(
                "maintenance", "the service is kept out of traffic: readiness is DOWN, and all is well", on -> {
                    if (on) {
                        monitor.maintenance("switched on at /faults");
                    } else {
                        monitor.endMaintenance();
                    }
                });
    }

    private static Fault database(@Nullable EmbeddedPostgreSql server) {
        String effect = "every process of PostgreSQL is stopped with SIGSTOP: readiness is DOWN";
        if (server == null) {
            return refused("database", effect, "the database is your own (--jdbc-url), and the demo leaves it alone");
        }
        if (!Signals.areThere()) {
            return refused("database", effect, "this system has no SIGSTOP");
        }
        return new Fault("database", effect, on -> {
            if (on) {
                server.freeze();
            } else {
                server.thaw();
            }
        });
    }

    private static Fault redis(@Nullable EmbeddedRedis server) {
        String effect = "Redis is killed: quotes come straight from the pricing API, readiness is DEGRADED";
        if (server == null) {
            return refused("redis", effect, "Redis is your own (--redis-uri), and the demo leaves it alone");
        }
        return new Fault("redis", effect, on -> {
            server.kill();
            if (!on) {
                server.restart();
            }
        });
    }

    private static Fault redisMemory(@Nullable EmbeddedRedis server, TightMemory memory) {
        String effect = "Redis gets hardly more memory than it uses, and may evict nothing: DEGRADED";
        return server == null
                ? refused("redis-memory", effect, "Redis is your own (--redis-uri), and the demo leaves it alone")
                : new Fault("redis-memory", effect, memory::set);
    }

    private static Fault refused(String name, String effect, String why) {
        return new Fault(name, effect, why, on -> {
            throw new IllegalStateException(why);
        });
    }
}
