package dev.vitals.metrics;

import dev.vitals.scrubbing.Kind;
import dev.vitals.scrubbing.Scrubber;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Tells a fixed number of servers apart, host and port as one; those that come after them are {@code _OTHER}, and
 * counted. Nothing of a URI but these two is looked at. Safe for use by many threads; a known server is found without a
 * lock and without allocating.
 */
final class AskedServers {
    private static final System.Logger LOG = System.getLogger(AskedServers.class.getName());

    /** An address that the application calls is a server's, and nobody's. */
    static final Scrubber ADDRESSES =
            Scrubber.builder().without(Kind.IPV4, Kind.IPV6).build();

    /** The longest name that DNS allows is 253 (RFC 1035, section 2.3.4). */
    private static final int LONGEST_HOST = 256;

    private record OnPort(int port, AskedServer server) {}

    private final AskedServer other = new AskedServer(BoundedLabel.OTHER, BoundedLabel.OTHER);
    private final ConcurrentHashMap<String, OnPort[]> byHost = new ConcurrentHashMap<>();
    private final AtomicBoolean logged = new AtomicBoolean();
    private final Counter foldedAddresses;
    private final Counter foldedPorts;
    private int admitted;
    private volatile boolean full;

    AskedServers(MeterRegistry registry) {
        foldedAddresses = folded(registry, HttpDefinitions.SERVER_ADDRESS.name());
        foldedPorts = folded(registry, HttpDefinitions.SERVER_PORT.name());
    }

    private static Counter folded(MeterRegistry registry, String label) {
        return BoundedLabel.folded(registry, HttpDefinitions.CLIENT_DURATION.meter(), label);
    }

    /** What stands for every server that is not told apart. */
    AskedServer other() {
        return other;
    }

    /** Counts that a call to this server is recorded under {@link #other()}. */
    void countFold(AskedServer server) {
        if (server != other) {
            foldedAddresses.increment();
            foldedPorts.increment();
        }
    }

    AskedServer of(URI uri) {
        if (uri.getHost() == null) {
            return other;
        }
        // The same object where it is in lower case already.
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : defaultPort(uri.getScheme());
        AskedServer known = find(host, port);
        if (known != null) {
            return known;
        }
        AskedServer let = full || host.length() > LONGEST_HOST ? null : admit(host, port);
        return let != null ? let : fold();
    }

    private static int defaultPort(@Nullable String scheme) {
        return "https".equalsIgnoreCase(scheme) || "wss".equalsIgnoreCase(scheme) ? 443 : 80;
    }

    private @Nullable AskedServer find(String host, int port) {
        OnPort[] known = byHost.get(host);
        if (known != null) {
            for (OnPort each : known) {
                if (each.port == port) {
                    return each.server;
                }
            }
        }
        return null;
    }

    private @Nullable AskedServer admit(String host, int port) {
        var server = new AskedServer(ADDRESSES.scrub(address(host)), Integer.toString(port));
        synchronized (byHost) {
            AskedServer earlier = find(host, port);
            if (earlier != null) {
                return earlier;
            }
            if (admitted >= HttpDefinitions.MOST_SERVERS) {
                full = true;
                return null;
            }
            admitted++;
            OnPort[] known = byHost.getOrDefault(host, new OnPort[0]);
            OnPort[] more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = new OnPort(port, server);
            byHost.put(host, more);
            return server;
        }
    }

    /** As the semantic conventions have it: an IPv6 address without the brackets that a URI needs. */
    private static String address(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private AskedServer fold() {
        foldedAddresses.increment();
        foldedPorts.increment();
        if (!logged.get() && logged.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "{0}: more servers than its {1}, or a name too long: they become {2} and are counted in {3}; this is logged once",
                    HttpDefinitions.CLIENT_DURATION.meter(),
                    HttpDefinitions.MOST_SERVERS,
                    BoundedLabel.OTHER,
                    SelfDefinitions.LABELS_FOLDED.meter());
        }
        return other;
    }
}
