package dev.vitals.tracing;

import org.jspecify.annotations.Nullable;

/**
 * How a client asked, as the proxies tell it that stand before this service.
 *
 * @param client its address
 * @param scheme {@code http} or {@code https}
 * @param host what it asked for
 */
record Origin(
        @Nullable String client,
        @Nullable String scheme,
        @Nullable HostHeader host) {
    /** Nothing is told: the request says itself. */
    static final Origin UNTOLD = new Origin(null, null, null);

    static @Nullable String scheme(@Nullable String proto) {
        return proto == null
                ? null
                : proto.equalsIgnoreCase("https") ? "https" : proto.equalsIgnoreCase("http") ? "http" : null;
    }

    /** The address in a node (RFC 7239, 6), without brackets and port; null where it tells none. */
    static @Nullable String address(@Nullable String node) {
        if (node == null) {
            return null;
        }
        String address = node;
        if (node.startsWith("[")) {
            int end = node.indexOf(']');
            if (end < 0 || !(end + 1 == node.length() || isPort(node, end + 1))) {
                return null;
            }
            address = node.substring(1, end);
        } else {
            int colon = node.indexOf(':');
            if (colon >= 0 && colon == node.lastIndexOf(':')) {
                if (!isPort(node, colon)) {
                    return null;
                }
                address = node.substring(0, colon);
            }
        }
        return IpAddress.parse(address) == null ? null : address;
    }

    private static boolean isPort(String node, int colon) {
        return node.charAt(colon) == ':' && HostHeader.port(node, colon + 1) != 0;
    }
}
