package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthReport;
import dev.vitals.health.HealthResult;
import dev.vitals.testkit.Eventually;
import dev.vitals.testkit.FaultTable;
import dev.vitals.testkit.Redis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where faults are played against a check in a running monitor: with a Lettuce of its own, in a group of threads of its
 * own, so that what is counted is of this stage and of no other that is played beside it.
 */
final class FaultStage {
    static final Duration EVERY = Duration.ofMillis(200);
    static final Duration TIMEOUT = Duration.ofMillis(600);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Set<String> AT_REST = Set.of("vitals-idle", "vitals-listener", "vitals-stacks");

    private final ThreadGroup group;
    private final FaultTable table;
    private final ClientResources resources;
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    FaultStage(String name, FaultTable table) throws Exception {
        this.group = new ThreadGroup(name);
        this.table = table;
        this.resources = inGroup(() -> DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .build());
    }

    /** Something that a test does to a server. */
    interface Act {
        void run() throws Exception;
    }

    /** Starts every thread that Lettuce would start by and by, and loads its classes. */
    void warmUp(Redis redis) throws Exception {
        inGroup(() -> {
            // Its threads would end with the last client.
            RedisClient client = owning(client(redis.uri(Redis.PASSWORD)));
            for (int i = 0; i < 4; i++) {
                try (StatefulRedisConnection<String, String> connection = client.connect()) {
                    assertThat(connection.sync().ping()).isEqualTo("PONG");
                }
            }
            for (EventExecutor executor : resources.eventExecutorGroup()) {
                executor.submit(() -> {}).get();
            }
            resources.timer().newTimeout(timeout -> {}, 1, TimeUnit.MILLISECONDS);
            return true;
        });
        Eventually.eventually(() -> redis.clients() == 0, () -> redis.clients() + " clients");
    }

    RedisClient client(RedisURI uri) {
        return RedisClient.create(resources, uri);
    }

    RedisClusterClient clusterClient(List<RedisURI> nodes) {
        return RedisClusterClient.create(resources, nodes);
    }

    /**
     * A fault, and what is to be said of it.
     *
     * @param name as the table has it; null for one that it leaves out
     * @param begin makes it
     * @param onTheWay a pattern of what may be said before it is at its height, such as how many seconds it has lasted
     * @param says what the check is to say while it lasts, one after the other and nothing else
     * @param end ends it
     */
    record Fault(@Nullable String name, Act begin, String onTheWay, List<String> says, Act end) {
        Fault(String name, Act begin, Act end, String... says) {
            this(name, begin, "", List.of(says), end);
        }

        Fault onTheWay(String pattern) {
            return new Fault(name, begin, pattern, says, end);
        }
    }

    /** Plays a fault against a check of its own, of which the status and the reason tell. */
    void play(Redis server, RedisURI uri, Fault fault) throws Exception {
        play(server, uri, check -> check, fault, FaultStage::statusAndReason);
    }

    /** Plays a fault against a check of its own, whose connection ends with it. */
    void play(
            Redis server,
            RedisURI uri,
            UnaryOperator<RedisCheck> options,
            Fault fault,
            Function<HealthReport.Check, String> seen)
            throws Exception {
        long before = server.clients();
        try (RedisClient client = client(uri);
                RedisCheck check = options.apply(RedisCheck.of(client))) {
            play(check, server::clients, fault, seen);
        }
        Eventually.eventually(() -> server.clients() == before, () -> server.clients() + " clients");
    }

    /** Plays a fault of which the status and the reason tell. */
    void play(HealthCheck check, LongSupplier connections, Fault fault) throws Exception {
        play(check, connections, fault, FaultStage::statusAndReason);
    }

    static String statusAndReason(HealthReport.Check seen) {
        return seen.status() + (seen.reason() == null ? "" : ": " + seen.reason());
    }

    /**
     * Plays a fault: well, then what is to be said, then as before; with as many threads and connections as before.
     *
     * @param connections how many the server sees of this check
     * @param seen what is looked at
     */
    void play(HealthCheck check, LongSupplier connections, Fault fault, Function<HealthReport.Check, String> seen)
            throws Exception {
        inGroup(() -> {
            try (HealthMonitor monitor = monitor(check)) {
                Callable<String> now =
                        () -> seen.apply(monitor.report().checks().get(0));
                await(now, said -> said.startsWith("UP"), "before the fault");
                String well = now.call();
                awaitEndOfRun(monitor);
                List<String> threads = busyThreads();
                long before = connections.getAsLong();

                awaitEndOfRun(monitor);
                long began = System.nanoTime();
                Seen told;
                try {
                    fault.begin().run();
                    told = awaitAll(now, well, fault);
                } finally {
                    fault.end().run();
                }
                long ended = System.nanoTime();
                assertThat(told.words()).as(fault.name()).isEqualTo(fault.says());
                await(now, well::equals, "again");
                long recovered = System.nanoTime();

                // What was given up meanwhile ends a little later, on the server's side too.
                Eventually.eventually(
                        () -> connections.getAsLong() == before,
                        () -> "before " + before + ", now " + connections.getAsLong() + " connections");
                Eventually.eventually(() -> busyThreads().equals(threads), () -> busyThreads() + ", before " + threads);
                if (fault.name() != null) {
                    table.add(
                            fault.name(),
                            String.join(", then ", fault.says()),
                            Duration.ofNanos(told.first() - began),
                            Duration.ofNanos(recovered - ended));
                }
            }
            return true;
        });
    }

    /** Its time is over before the monitor's: so the check has the word, also where the machine is slow. */
    private record InTime(HealthCheck check) implements HealthCheck {
        @Override
        public HealthResult check(Deadline deadline) throws Exception {
            return check.check(deadline.atMost(TIMEOUT));
        }

        @Override
        public boolean advisory() {
            return check.advisory();
        }
    }

    private static HealthMonitor monitor(HealthCheck check) {
        return HealthMonitor.builder()
                .readiness("redis", new InTime(check), options -> options.every(EVERY)
                        .everyWhileDown(EVERY)
                        .jitter(0)
                        .timeout(TIMEOUT.multipliedBy(3))
                        .longestAge(Duration.ofSeconds(20)))
                .start();
    }

    /** Faults begin between two runs, never in the middle of one: so what is said does not differ from time to time. */
    private static void awaitEndOfRun(HealthMonitor monitor) throws InterruptedException {
        Instant last = monitor.report().checks().get(0).checkedAt();
        while (Objects.equals(monitor.report().checks().get(0).checkedAt(), last)) {
            Thread.sleep(1);
        }
    }

    private record Seen(List<String> words, long first) {}

    /** What is seen from now on, each once, until the last of what is wanted is. */
    private static Seen awaitAll(Callable<String> now, String well, Fault fault) throws Exception {
        var words = new ArrayList<String>();
        long begin = System.nanoTime();
        long first = 0;
        while (!words.contains(fault.says().get(fault.says().size() - 1))) {
            String seen = now.call();
            if (!seen.equals(well)) {
                first = first == 0 ? System.nanoTime() : first;
                if (!words.contains(seen) && (fault.says().contains(seen) || !seen.matches(fault.onTheWay()))) {
                    words.add(seen);
                }
            }
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                throw new AssertionError("wanted " + fault.says() + ", but saw " + words);
            }
            Thread.sleep(2);
        }
        return new Seen(words, first);
    }

    private static void await(Callable<String> now, Predicate<String> wanted, String when) throws Exception {
        long begin = System.nanoTime();
        while (!wanted.test(now.call())) {
            if (System.nanoTime() - begin > LIMIT.toNanos()) {
                throw new AssertionError("not well " + when + ", but " + now.call());
            }
            Thread.sleep(2);
        }
    }

    /** Those that are not a monitor's and at rest: such end by themselves after a while. */
    List<String> busyThreads() {
        return threads().stream().filter(name -> !AT_REST.contains(name)).toList();
    }

    /** The threads of Vitals and of Lettuce, by name and without their numbers. */
    List<String> threads() {
        var all = new Thread[group.activeCount() + 100];
        int count = group.enumerate(all);
        return Arrays.stream(all, 0, count)
                .map(Thread::getName)
                .filter(name -> name.startsWith("vitals-") || name.startsWith("lettuce-"))
                .map(name -> name.replaceAll("[0-9]+", ""))
                .sorted()
                .toList();
    }

    /** Runs it on a thread of this stage, to which all threads that come of it belong. */
    <T> T inGroup(Callable<T> work) throws Exception {
        var task = new FutureTask<>(work);
        new Thread(group, task, group.getName()).start();
        try {
            return task.get();
        } catch (ExecutionException failure) {
            Throwable cause = Objects.requireNonNull(failure.getCause());
            if (cause instanceof Error error) {
                throw error;
            }
            throw (Exception) cause;
        }
    }

    /** {@return what it is given, which ends with this stage} */
    <T extends AutoCloseable> T owning(T server) {
        owned.push(server);
        return server;
    }

    /** Ends what it owns, and its Lettuce. No thread is left then. */
    void end() throws Exception {
        for (AutoCloseable each : owned) {
            each.close();
        }
        resources.shutdown(0, 2, TimeUnit.SECONDS).get();
        Eventually.eventually(() -> threads().isEmpty(), () -> threads());
    }
}
