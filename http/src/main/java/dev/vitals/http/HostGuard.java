package dev.vitals.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a {@code Host} header may reach a server on loopback. A page in a browser can point a name of its own
 * at 127.0.0.1 and read what answers (DNS rebinding); its requests carry that name.
 */
final class HostGuard {
    private HostGuard() {}

    /** Whether the header names this machine's loopback. HTTP/1.0 sends none, and browsers always do. */
    static boolean isLocal(@Nullable String host) {
        if (host == null) {
            return true;
        }
        String name = withoutPort(host.strip()).toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.equals("[::1]") || isLoopbackIpv4(name);
    }

    private static String withoutPort(String host) {
        int colon = host.startsWith("[") ? host.indexOf(':', Math.max(0, host.indexOf(']'))) : host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    /** 127.0.0.0/8 (RFC 1122, section 3.2.1.3), written as four numbers. */
    private static boolean isLoopbackIpv4(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals("127")) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }
}
