package dev.vitals.tracing;

import org.jspecify.annotations.Nullable;

/**
 * What one proxy said of the request that it got, in {@code Forwarded} (RFC 7239, 4).
 *
 * @param node who asked it, as it wrote it
 * @param proto by which scheme
 * @param host what was asked for
 */
record ForwardedElement(
        @Nullable String node,
        @Nullable String proto,
        @Nullable String host) {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    /** Null for what breaks the grammar, or says a thing twice. */
    static @Nullable ForwardedElement parse(String text) {
        String node = null;
        String proto = null;
        String host = null;
        int at = 0;
        while (at < text.length()) {
            int equals = tokenEnd(text, at);
            if (equals == at || equals == text.length() || text.charAt(equals) != '=') {
                return null;
            }
            int end = valueEnd(text, equals + 1);
            if (end < 0 || (end < text.length() && text.charAt(end) != ';')) {
                return null;
            }
            int length = equals - at;
            String value = value(text, equals + 1, end);
            if (length == 3 && text.regionMatches(true, at, "for", 0, 3)) {
                if (node != null) {
                    return null;
                }
                node = value;
            } else if (length == 5 && text.regionMatches(true, at, "proto", 0, 5)) {
                if (proto != null) {
                    return null;
                }
                proto = value;
            } else if (length == 4 && text.regionMatches(true, at, "host", 0, 4)) {
                if (host != null) {
                    return null;
                }
                host = value;
            }
            at = end + 1;
        }
        return new ForwardedElement(node, proto, host);
    }

    private static int tokenEnd(String text, int from) {
        int at = from;
        while (at < text.length() && isTokenPart(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Behind a token or a quoted string, -1 where there is neither. */
    private static int valueEnd(String text, int from) {
        if (from == text.length() || text.charAt(from) != '"') {
            int end = tokenEnd(text, from);
            // Not quite by the book, but seen: an address with its port, or one of IPv6, without quotes.
            while (end < text.length() && (isTokenPart(text.charAt(end)) || "[]:".indexOf(text.charAt(end)) >= 0)) {
                end++;
            }
            return end == from ? -1 : end;
        }
        for (int i = from + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i + 1;
            }
        }
        return -1;
    }

    private static String value(String text, int from, int end) {
        if (text.charAt(from) != '"') {
            return text.substring(from, end);
        }
        if (text.indexOf('\\', from) < 0) {
            return text.substring(from + 1, end - 1);
        }
        var value = new StringBuilder(end - from);
        for (int i = from + 1; i < end - 1; i++) {
            value.append(text.charAt(text.charAt(i) == '\\' ? ++i : i));
        }
        return value.toString();
    }

    private static boolean isTokenPart(char c) {
        return c < 128 && (Character.isLetterOrDigit(c) || TOKEN_MARKS.indexOf(c) >= 0);
    }
}
