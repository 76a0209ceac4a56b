package dev.vitals.scrubbing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What hides in a URL under percent-encoding (RFC 3986, 2.1) and, in its query, under {@code +} for a blank: values and
 * path segments are decoded, scrubbed with their name beside them, and encoded again where something was found.
 */
final class EncodedUrls {
    // A redirect in a redirect.
    private static final int DEEPEST = 2;
    private static final int LONGEST_NAME = 64;
    private static final int KEPT = Ascii.ALNUM | Ascii.DASH | Ascii.UNDERSCORE | Ascii.DOT;
    private static final String HEX = "0123456789ABCDEF";

    private EncodedUrls() {}

    /** {@return a URL as a whole without what is private in it as it stands, and under its encoding} */
    static String scrubWhole(String url, Scrubber scrubber) {
        Rules rules = scrubber.rules();
        boolean ours = rules.replacements().isEmpty() && rules.own().isEmpty();
        String result = url;
        for (int looks = 0; looks < Pass.MOST_LOOKS; looks++) {
            String clean = scrubOnce(result, scrubber);
            // One that labels made too long would be cut by the next look, and so need one more.
            if (clean.equals(result) || !ours || clean.length() > rules.longest()) {
                return clean;
            }
            result = clean;
        }
        return result;
    }

    // Decoded before the pass takes a part of an encoded value for the whole; what is too long is cut first.
    private static String scrubOnce(String url, Scrubber scrubber) {
        Rules rules = scrubber.rules();
        if (!mayHide(url)) {
            return Pass.scrub(url, true, rules).toString();
        }
        return url.length() <= rules.longest()
                ? Pass.scrub(scrub(url, scrubber), true, rules).toString()
                : scrub(Pass.scrub(url, true, rules).toString(), scrubber);
    }

    private static boolean mayHide(String url) {
        return url.indexOf('%') >= 0 || url.indexOf('+') >= 0;
    }

    /** {@return the URL with its encoded values scrubbed, the same instance where there was nothing} */
    private static String scrub(String url, Scrubber scrubber) {
        return scrub(url, scrubber, 0);
    }

    private static String scrub(String url, Scrubber scrubber, int depth) {
        StringBuilder out = null;
        int copied = 0;
        boolean query = false;
        int value = pathStart(url);
        int name = value;
        int nameEnd = value;
        for (int i = value; i <= url.length(); i++) {
            char c = i < url.length() ? url.charAt(i) : '#';
            if (query && c == '=' && value == name) {
                nameEnd = i;
                value = i + 1;
            } else if (c == '#' || c == '?' || c == (query ? '&' : '/')) {
                boolean hidden = hides(url, value, i, query) || (query && hides(url, name, nameEnd, true));
                String clean = hidden ? clean(url, name, nameEnd, value, i, query, scrubber, depth) : null;
                if (clean != null) {
                    out = out == null ? new StringBuilder(url.length() + 16) : out;
                    out.append(url, copied, value).append(clean);
                    copied = i;
                }
                // What stands before a segment of a path is its name: /phone/0170%201234567
                name = c == '/' ? value : i + 1;
                nameEnd = c == '/' ? i : i + 1;
                value = i + 1;
                query |= c == '?' || c == '#';
            }
        }
        return out == null ? url : out.append(url, copied, url.length()).toString();
    }

    private static int pathStart(String url) {
        int i = 0;
        while (i < url.length() && !endsAuthority(url.charAt(i))) {
            i++;
        }
        boolean slashes = url.startsWith("//", i) && (i == 0 || url.charAt(i - 1) == ':');
        if (!slashes) {
            return 0;
        }
        i += 2;
        while (i < url.length() && !endsAuthority(url.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean endsAuthority(char c) {
        return c == '/' || c == '?' || c == '#';
    }

    private static boolean hides(String url, int from, int to, boolean query) {
        for (int i = from; i < to; i++) {
            if (url.charAt(i) == '%' || (query && url.charAt(i) == '+')) {
                return true;
            }
        }
        return false;
    }

    // Null for nothing.
    private static @Nullable String clean(
            String url, int name, int nameEnd, int from, int to, boolean query, Scrubber scrubber, int depth) {
        boolean named = nameEnd - name <= LONGEST_NAME;
        String key = named ? decode(url.substring(name, nameEnd), query) : "";
        String value = decode(url.substring(from, to), query);
        boolean sensitive = !key.isEmpty() && scrubber.isSensitiveKey(key);
        if (sensitive && query) {
            // A name in plain letters is what the pass finds itself, and it knows what stands for no secret.
            boolean found = hides(url, name, nameEnd, true) && scrubber.finds(Kind.SECRET) && isSecret(value);
            return found ? encode(scrubber.rules().redacted(value)) : null;
        }
        String clean = isUrl(value)
                ? scrubUrl(value, scrubber, depth)
                : value.startsWith("{")
                        ? scrubber.scrubJson(value)
                        : Named.scrub(sensitive ? "" : key, value, scrubber);
        return clean.equals(value) ? null : encode(clean);
    }

    private static boolean isSecret(String value) {
        return !value.isEmpty() && Labels.end(value, 0) != value.length();
    }

    private static boolean isUrl(String value) {
        int scheme = Ascii.runEnd(value, 0, Ascii.ALNUM | Ascii.DASH | Ascii.DOT | Ascii.MORE, LONGEST_NAME);
        return value.startsWith("/") || (scheme > 1 && value.startsWith("://", scheme - 1));
    }

    private static String scrubUrl(String url, Scrubber scrubber, int depth) {
        String inner = depth + 1 < DEEPEST && mayHide(url) ? scrub(url, scrubber, depth + 1) : url;
        return Pass.scrub(inner, true, scrubber.rules()).toString();
    }

    // A malformed escape stays as it is.
    private static String decode(String text, boolean query) {
        if (!hides(text, 0, text.length(), query)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' && Ascii.isAt(text, i + 1, Ascii.ANY_HEX) && Ascii.isAt(text, i + 2, Ascii.ANY_HEX)) {
                bytes.write(Character.digit(text.charAt(i + 1), 16) << 4 | Character.digit(text.charAt(i + 2), 16));
                i += 2;
                continue;
            }
            if (bytes.size() > 0) {
                out.append(bytes.toString(StandardCharsets.UTF_8));
                bytes.reset();
            }
            out.append(query && c == '+' ? ' ' : c);
        }
        return out.append(bytes.toString(StandardCharsets.UTF_8)).toString();
    }

    // Labels stay as they are.
    private static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int label = Labels.end(text, i);
            int end = label > i ? label : i + Character.charCount(text.codePointAt(i));
            if (label > i || isKept(text.charAt(i))) {
                out.append(text, i, end);
            } else {
                for (byte b : text.substring(i, end).getBytes(StandardCharsets.UTF_8)) {
                    out.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
                }
            }
            i = end;
        }
        return out.toString();
    }

    private static boolean isKept(char c) {
        return Ascii.is(c, KEPT) || c == '~' || c == '*';
    }
}
