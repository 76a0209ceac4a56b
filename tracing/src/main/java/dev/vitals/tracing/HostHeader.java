package dev.vitals.tracing;

import org.jspecify.annotations.Nullable;

/**
 * The address and the port that a client named in {@code Host} (RFC 9110, 7.2).
 *
 * @param address a name, or an address without brackets
 * @param port the port, null where none was named
 */
record HostHeader(String address, @Nullable Long port) {
    private static final int LONGEST = 255 + ":65535".length();

    /** Null for whatever is no host. */
    static @Nullable HostHeader parse(@Nullable String host) {
        if (host == null || host.length() > LONGEST) {
            return null;
        }
        boolean bracketed = host.startsWith("[");
        int addressEnd = bracketed ? host.indexOf(']') : host.indexOf(':');
        if (bracketed && addressEnd < 0) {
            return null;
        }
        String address = host.substring(bracketed ? 1 : 0, addressEnd < 0 ? host.length() : addressEnd);
        String rest = addressEnd < 0 ? "" : host.substring(bracketed ? addressEnd + 1 : addressEnd);
        if (address.isEmpty() || !address.chars().allMatch(c -> isAllowed(c, bracketed))) {
            return null;
        }
        if (rest.isEmpty()) {
            return new HostHeader(address, null);
        }
        Long port = port(rest);
        return port == null ? null : new HostHeader(address, port);
    }

    private static @Nullable Long port(String colonAndPort) {
        boolean number = colonAndPort.length() >= 2
                && colonAndPort.length() <= 6
                && colonAndPort.charAt(0) == ':'
                && colonAndPort.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
        if (!number) {
            return null;
        }
        long port = Long.parseLong(colonAndPort.substring(1));
        return port >= 1 && port <= 65_535 ? port : null;
    }

    private static boolean isAllowed(int c, boolean bracketed) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_' || (bracketed && c == ':'));
    }
}
