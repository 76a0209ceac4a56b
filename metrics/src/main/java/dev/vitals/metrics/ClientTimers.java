package dev.vitals.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The timers of calls to other services, a bounded number of them: each label is bounded by itself, but servers that
 * answer with every status multiply them. A combination that comes after the bound loses its server and the class of
 * its exception, then its method; never its status, and never whether it failed. What was made before stays as it is.
 * Safe for use by many threads; what is known, folded or not, is found without a lock.
 */
final class ClientTimers {
    static final int MOST = 1_000;
    /** How many more, once the bound is reached, still tell methods apart. */
    static final int WITHOUT_SERVER = 200;

    private final MeterRegistry registry;
    private final AskedServers servers;
    private final Counter foldedErrorTypes;
    private final Counter foldedMethods;
    private final AtomicInteger made = new AtomicInteger();
    private final FoldLog folds;

    ClientTimers(MeterRegistry registry, AskedServers servers) {
        this.registry = registry;
        this.servers = servers;
        folds = new FoldLog(HttpDefinitions.CLIENT_DURATION.meter(), MOST);
        foldedErrorTypes = folded(HttpDefinitions.CLIENT_ERROR_TYPE.name());
        foldedMethods = folded(HttpDefinitions.METHOD.name());
    }

    private Counter folded(String label) {
        return BoundedLabel.folded(registry, HttpDefinitions.CLIENT_DURATION.meter(), label);
    }

    Timer of(AskedServer server, String method, String status, String errorType) {
        Timer timer = within(MOST, server, method, status, errorType);
        return timer != null ? timer : withoutServer(server, method, status, errorType);
    }

    private Timer withoutServer(AskedServer server, String method, String status, String errorType) {
        folds.sayOnce();
        servers.countFold(server);
        // A status says no more as an error's type than it does as itself.
        String error = errorType.isEmpty() || errorType.equals(status) ? errorType : BoundedLabel.OTHER;
        countFold(foldedErrorTypes, errorType, error);
        Timer timer = within(MOST + WITHOUT_SERVER, servers.other(), method, status, error);
        if (timer != null) {
            return timer;
        }
        countFold(foldedMethods, method, BoundedLabel.OTHER);
        AskedServer.Node leaf = servers.other().at(BoundedLabel.OTHER, status, error);
        return timer(leaf, servers.other(), BoundedLabel.OTHER, status, error);
    }

    private @Nullable Timer within(int bound, AskedServer server, String method, String status, String errorType) {
        AskedServer.Node known = server.find(method, status, errorType);
        AskedServer.Node leaf =
                known != null || made.get() >= bound ? known : admit(bound, server, method, status, errorType);
        return leaf == null ? null : timer(leaf, server, method, status, errorType);
    }

    private synchronized AskedServer.@Nullable Node admit(
            int bound, AskedServer server, String method, String status, String errorType) {
        AskedServer.Node earlier = server.find(method, status, errorType);
        if (earlier != null || made.get() >= bound) {
            return earlier;
        }
        made.incrementAndGet();
        return server.at(method, status, errorType);
    }

    private Timer timer(AskedServer.Node leaf, AskedServer server, String method, String status, String errorType) {
        Timer known = leaf.timer();
        return known != null ? known : leaf.keep(register(server, method, status, errorType));
    }

    private Timer register(AskedServer server, String method, String status, String errorType) {
        return Timer.builder(HttpDefinitions.CLIENT_DURATION.meter())
                .description(HttpDefinitions.CLIENT_DURATION.description())
                .tag(HttpDefinitions.METHOD.name(), method)
                .tag(HttpDefinitions.SERVER_ADDRESS.name(), server.address())
                .tag(HttpDefinitions.SERVER_PORT.name(), server.port())
                .tag(HttpDefinitions.STATUS_CODE.name(), status)
                .tag(HttpDefinitions.CLIENT_ERROR_TYPE.name(), errorType)
                .serviceLevelObjectives(HttpDefinitions.BUCKETS.toArray(Duration[]::new))
                .register(registry);
    }

    private static void countFold(Counter folded, String value, String into) {
        if (!value.equals(into)) {
            folded.increment();
        }
    }
}
