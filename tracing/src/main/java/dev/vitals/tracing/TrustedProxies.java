package dev.vitals.tracing;

import dev.vitals.http.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how a client asked, by {@code Forwarded} (RFC 7239), or else by the {@code X-Forwarded} headers that came
 * before it. They are believed only from the right, for as long as those that wrote them are trusted: whatever a client
 * invented stands to the left of that.
 */
final class TrustedProxies {
    static final TrustedProxies NONE = new TrustedProxies(List.of());

    private static final int MOST_HOPS = 32;

    private final List<IpRange> ranges;

    private TrustedProxies(List<IpRange> ranges) {
        this.ranges = ranges;
    }

    /**
     * Those in these addresses and ranges.
     *
     * @throws IllegalArgumentException if there is none, or one is neither
     */
    static TrustedProxies of(String... cidrs) {
        if (cidrs.length == 0) {
            throw new IllegalArgumentException("no trusted proxy is named: name the addresses or the ranges that your"
                    + " proxies have, or leave trustedProxies away");
        }
        return new TrustedProxies(List.of(cidrs).stream().map(IpRange::parse).toList());
    }

    Origin origin(Request request) {
        if (ranges.isEmpty() || !trusts(request.remoteAddress())) {
            return Origin.UNTOLD;
        }
        List<String> forwarded = request.headers("Forwarded");
        return forwarded.isEmpty() ? byXForwarded(request) : byForwarded(forwarded);
    }

    private boolean trusts(@Nullable String address) {
        IpAddress ip = IpAddress.parse(address);
        if (ip == null) {
            return false;
        }
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).contains(ip)) {
                return true;
            }
        }
        return false;
    }

    private Origin byForwarded(List<String> lines) {
        var members = new RightToLeft(lines);
        Origin origin = Origin.UNTOLD;
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            String member = members.next();
            if (member == null) {
                return origin;
            }
            ForwardedElement element = ForwardedElement.parse(member);
            if (element == null) {
                return Origin.UNTOLD;
            }
            origin = new Origin(
                    Origin.address(element.node()), Origin.scheme(element.proto()), HostHeader.parse(element.host()));
            if (!trusts(origin.client())) {
                return origin;
            }
        }
        return Origin.UNTOLD;
    }

    private Origin byXForwarded(Request request) {
        var addresses = new RightToLeft(request.headers("X-Forwarded-For"));
        String client = null;
        int hop = -1;
        do {
            String node = addresses.next();
            if (node == null) {
                break;
            }
            client = Origin.address(node);
            hop++;
            if (client == null || hop == MOST_HOPS) {
                return Origin.UNTOLD;
            }
        } while (trusts(client));
        // Of these some proxies add one each, and some write one for all.
        String proto = member(request.headers("X-Forwarded-Proto"), hop);
        HostHeader host = HostHeader.parse(member(request.headers("X-Forwarded-Host"), hop));
        String portText = member(request.headers("X-Forwarded-Port"), hop);
        int port = portText == null ? 0 : HostHeader.port(portText, 0);
        if (port != 0) {
            HostHeader named = host != null ? host : HostHeader.parse(request.header("Host"));
            host = named == null ? null : new HostHeader(named.address(), (long) port);
        }
        return new Origin(client, Origin.scheme(proto), host);
    }

    private static @Nullable String member(List<String> lines, int fromTheRight) {
        var members = new RightToLeft(lines);
        String member = members.next();
        for (int i = 0; i < fromTheRight; i++) {
            String further = members.next();
            if (further == null) {
                break;
            }
            member = further;
        }
        return member;
    }
}
