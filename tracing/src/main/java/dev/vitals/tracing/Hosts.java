package dev.vitals.tracing;

import org.jspecify.annotations.Nullable;

/** The hosts that clients name, as spans show them. A service has few: a fixed number is remembered. */
final class Hosts {
    private record Known(String header, HostHeader host) {}

    private static final int REMEMBERED = 64;

    private final Texts texts;
    // Written without a lock: hosts are immutable, and a lost write is made again.
    private final @Nullable Known[] known = new @Nullable Known[REMEMBERED];

    Hosts(Texts texts) {
        this.texts = texts;
    }

    /** Null for whatever is no host. */
    @Nullable
    HostHeader of(@Nullable String header) {
        if (header == null) {
            return null;
        }
        int slot = Texts.slot(header.hashCode(), REMEMBERED);
        Known there = known[slot];
        if (there != null && there.header().equals(header)) {
            return there.host();
        }
        HostHeader host = clean(HostHeader.parse(header));
        if (host != null && header.startsWith(host.address(), header.charAt(0) == '[' ? 1 : 0)) {
            known[slot] = new Known(header, host);
        }
        return host;
    }

    @Nullable
    HostHeader clean(@Nullable HostHeader host) {
        return host == null ? null : new HostHeader(texts.clean(host.address()), host.port());
    }
}
