package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whether a name resolves, to as many addresses as it should. Immutable, safe for use by many threads.
 *
 * <pre>{@code
 * .observe("dns", DnsCheck.of("db.example.com").atLeast(2), check -> check.every(Duration.ofMinutes(1)))
 * }</pre>
 *
 * <p>It asks as the application itself does, through {@link InetAddress}: the hosts file, the system's resolver, and the JVM's
 * cache. That cache keeps an answer for 30 s and a failure for 10 s by default ({@code networkaddress.cache.ttl} and
 * {@code networkaddress.cache.negative.ttl} in {@code java.security}): a check that runs oftener mostly reads the cache. The system's resolver
 * cannot be interrupted; while it waits for a server that is gone, past the deadline, the run keeps its one thread.
 *
 * <p>Measures {@code dns.addresses} ({address}).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1034">RFC 1034</a>
 */
public final class DnsCheck implements HealthCheck {
    private static final int MOST_SHOWN = 16;

    private final String host;
    private final int least;

    private DnsCheck(String host, int least) {
        this.host = host;
        this.least = least;
    }

    /**
     * {@return a check of a name}
     *
     * @param host the name; an address needs no looking up, and is refused
     * @throws IllegalArgumentException if that is no name by its looks
     */
    public static DnsCheck of(@Nullable String host) {
        String name = Options.host(host);
        if (name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))) {
            throw new IllegalArgumentException(
                    name + " is an address, which needs no DNS: give a name, or take TcpCheck for what answers there");
        }
        return new DnsCheck(name, 1);
    }

    /**
     * {@return this check, DEGRADED with fewer addresses than a number}
     *
     * @param addresses at least 1
     * @throws IllegalArgumentException if the number is below 1
     */
    public DnsCheck atLeast(int addresses) {
        return new DnsCheck(host, (int) Options.atLeast(1, addresses, "atLeast"));
    }

    @Override
    public HealthResult check(Deadline deadline) {
        try {
            InetAddress[] found = InetAddress.getAllByName(host);
            HealthResult result = found.length >= least
                    ? HealthResult.up()
                    : HealthResult.degraded(found.length + " addresses, " + least + " at the least");
            return result.withDetail("host", host)
                    .withDetail(
                            "addresses",
                            Arrays.stream(found)
                                    .limit(MOST_SHOWN)
                                    .map(InetAddress::getHostAddress)
                                    .toList())
                    .withMeasurement("dns.addresses", "{address}", found.length);
        } catch (UnknownHostException unknown) {
            return HealthResult.down("host not found")
                    .withDetail("host", host)
                    .withMeasurement("dns.addresses", "{address}", 0);
        }
    }
}
