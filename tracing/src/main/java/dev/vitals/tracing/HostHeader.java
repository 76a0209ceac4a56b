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
        if (host == null || host.isEmpty() || host.length() > LONGEST) {
            return null;
        }
        boolean bracketed = host.charAt(0) == '[';
        int start = bracketed ? 1 : 0;
        int end = start;
        while (end < host.length() && isAllowed(host.charAt(end), bracketed)) {
            end++;
        }
        int rest = bracketed ? end + 1 : end;
        boolean closed = !bracketed || (end < host.length() && host.charAt(end) == ']');
        if (end == start || !closed) {
            return null;
        }
        if (rest == host.length()) {
            return new HostHeader(host.substring(start, end), null);
        }
        int port = host.charAt(rest) == ':' ? port(host, rest + 1) : 0;
        return port == 0 ? null : new HostHeader(host.substring(start, end), (long) port);
    }

    /** The port that a text is from this character to its end; 0 where it is none. */
    static int port(String text, int from) {
        int length = text.length() - from;
        if (length < 1 || length > 5) {
            return 0;
        }
        int port = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            port = port * 10 + (c - '0');
        }
        return port <= 65_535 ? port : 0;
    }

    private static boolean isAllowed(char c, boolean bracketed) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_' || (bracketed && c == ':'));
    }
}
