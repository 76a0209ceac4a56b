package dev.vitals.examples.orders;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.checks.RemoteHeartbeat;
import dev.vitals.health.redis.RedisHeartbeats;
import dev.vitals.http.ManagementServer;
import dev.vitals.metrics.HttpServerMetrics;
import dev.vitals.metrics.Operations;
import dev.vitals.metrics.SecurityEvents;
import dev.vitals.metrics.TaskMetrics;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Puts the service together, starts it, and takes it apart again. */
final class Demo implements AutoCloseable {
    private final Options options;
    private final PrintStream out;
    private final Closers closers = new Closers();
    /** What makes work of its own: on Ctrl-C the terminal stops what is in its process group, Redis too. */
    private final Closers firstOfAll = new Closers();

    private final AtomicBoolean schemaIsReady = new AtomicBoolean();
    private final CountDownLatch startIsOver = new CountDownLatch(1);
    private final CountDownLatch isClosed = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile @Nullable Thread starter;
    private volatile @Nullable HealthMonitor health;
    private volatile @Nullable Addresses addresses;

    Demo(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    Addresses addresses() {
        return requireNonNull(addresses, "not started");
    }

    void awaitClose() throws InterruptedException {
        isClosed.await();
    }

    /** Starts everything; whatever it throws, {@link #close} takes away what had been started. */
    void start() throws BadInput, IOException, InterruptedException, SQLException {
        starter = Thread.currentThread();
        try {
            if (!closing.get()) {
                startAll();
            }
        } finally {
            startIsOver.countDown();
        }
    }

    private void startAll() throws BadInput, IOException, InterruptedException, SQLException {
        // What can be wrong at once is looked at first, before anything slow begins.
        HttpServer shop = bind();
        if (options.managementPort() != 0) {
            Ports.requireFree(options.managementPort(), "--management-port");
        }
        String jdbcUrl = options.jdbcUrl();
        if (jdbcUrl != null) {
            Database.requireReachable(jdbcUrl);
        }
        // The first to start and the last to stop: it tells of all that is between.
        Tracing tracing = closers.add(Tracing.start(options.traces()));
        var embedded = new EmbeddedServers(closers, this::say);
        PrometheusMeterRegistry registry = Watch.registry();
        // Before other meters: it keeps another family of the same requests out of the registry.
        HttpServerMetrics http = Watch.http(registry);
        closers.add(Watch.jvm(registry));
        RedisLink redis =
                closers.add(new RedisLink(embedded.redisUri(options.redisUri()), registry, tracing.openTelemetry()));
        StatefulRedisConnection<String, String> cache = redis.connect();
        String database = embedded.jdbcUrl(jdbcUrl);
        Errors errors =
                closers.add(Errors.start(options.sentryDsn(), options.traces().environment()));

        Operations operations = Operations.of(registry);
        HikariDataSource pool = closers.add(Database.pool(database, registry));
        PricingApi pricing = closers.add(PricingApi.start());
        var orders = new Orders(Database.observed(pool, registry, tracing.openTelemetry()));
        var quotes = new Quotes(
                cache, symbol -> pricing.uri("/prices/" + symbol), registry, operations, tracing.openTelemetry());
        var switches = new Switches();
        RedisHeartbeats heartbeats = closers.add(RedisHeartbeats.of(redis.client()));
        RemoteHeartbeat heartbeat = closers.add(RemoteHeartbeat.of(
                heartbeats, Worker.GROUP, "process-" + ProcessHandle.current().pid()));
        Worker worker = firstOfAll.add(new Worker(
                orders, quotes, tracing.traced(), heartbeat, switches, operations, TaskMetrics.of(registry)));
        HealthMonitor monitor = Watch.health(
                worker.heartbeat(),
                heartbeat,
                heartbeats,
                schemaIsReady::get,
                pool,
                redis.client(),
                pricing.uri("/status"),
                shop.getAddress().getPort(),
                http,
                errors.tracking(),
                closers);
        health = monitor;
        Faults faults = closers.add(new Faults(
                Duration.ofMinutes(5),
                AllFaults.of(
                        embedded.postgreSql(),
                        embedded.redis(),
                        switches,
                        pricing,
                        new PoolLeak(pool),
                        new TightMemory(cache),
                        monitor)));
        ManagementServer management = closers.add(manage(monitor, registry, faults));

        migrate(pool);
        worker.start();
        var service = new Shop(orders, quotes, tracing.traced(), errors, switches, operations);
        Watch.requests(shop, service.router(), registry, http, tracing.openTelemetry(), errors.tracking());
        serve(shop);
        var here = new Addresses(
                "http://127.0.0.1:" + shop.getAddress().getPort(),
                management.url(),
                embedded.describePostgreSql(),
                embedded.describeRedis(),
                errors.file());
        addresses = here;
        Traffic traffic = firstOfAll.add(new Traffic(here.service()));
        traffic.start(options.traffic());
    }

    private HttpServer bind() throws BadInput {
        try {
            return HttpServer.create(new InetSocketAddress(Ports.loopback(), options.port()), 256);
        } catch (IOException taken) {
            throw Ports.taken(options.port(), "--port");
        }
    }

    private ManagementServer manage(HealthMonitor monitor, PrometheusMeterRegistry registry, Faults faults)
            throws BadInput {
        try {
            return Watch.management(
                    options.managementPort(),
                    monitor,
                    registry,
                    new FaultsEndpoint(faults, SecurityEvents.of(registry)));
        } catch (UncheckedIOException taken) {
            throw Ports.taken(options.managementPort(), "--management-port");
        }
    }

    private void migrate(HikariDataSource pool) throws BadInput, SQLException {
        try {
            Database.migrate(pool);
        } catch (SQLException refused) {
            if (options.jdbcUrl() == null) {
                throw refused;
            }
            throw new BadInput("the schema vitals_demo cannot be made in the database of --jdbc-url: "
                    + refused.getMessage() + " Give that user the right to, or take another");
        }
        schemaIsReady.set(true);
    }

    private void serve(HttpServer shop) {
        ExecutorService threads = Threads.forRequests("orders");
        shop.setExecutor(threads);
        closers.add(() -> {
            shop.stop(1);
            threads.shutdownNow();
        });
        shop.start();
    }

    private void say(String line) {
        out.println(line);
    }

    /** Stops everything that was started, however far that came. Waits until that is done, whoever does it. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            await(isClosed);
            return;
        }
        Thread starting = starter;
        if (starting != null && starting != Thread.currentThread() && startIsOver.getCount() > 0) {
            starting.interrupt();
            await(startIsOver);
        }
        say("stopping ...");
        firstOfAll.close();
        drain();
        closers.close();
        say("stopped; nothing is left behind");
        isClosed.countDown();
    }

    private void drain() {
        HealthMonitor monitor = health;
        if (monitor == null || addresses == null) {
            return;
        }
        try {
            if (!options.once()) {
                monitor.drain(Duration.ofSeconds(1));
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(15, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
