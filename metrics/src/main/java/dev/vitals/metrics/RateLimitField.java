package dev.vitals.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the field {@code RateLimit}: {@code "default";r=50;t=30}, with a comma between several policies (a list of
 * items with parameters by RFC 9651). Looks for what is needed, in one pass; what it cannot read it leaves out.
 */
final class RateLimitField {
    /** What fits a sane number of policies; longer ones are not read at all. */
    private static final int LONGEST = 512;

    private final String text;
    private int at;

    private RateLimitField(String text) {
        this.text = text;
    }

    /** Of several policies, the one that stops a caller first. */
    static @Nullable RateLimit tightest(List<String> lines) {
        String text = lines.size() == 1 ? lines.get(0) : lines.size() > LONGEST ? "" : String.join(",", lines);
        return text.length() > LONGEST ? null : new RateLimitField(text).tightest();
    }

    private @Nullable RateLimit tightest() {
        RateLimit tightest = null;
        while (at < text.length()) {
            RateLimit policy = policy();
            if (policy != null && (tightest == null || policy.remaining() < tightest.remaining())) {
                tightest = policy;
            }
        }
        return tightest;
    }

    private @Nullable RateLimit policy() {
        long remaining = -1;
        long seconds = -1;
        boolean name = true;
        char end;
        do {
            String part = part();
            end = at < text.length() ? text.charAt(at) : ',';
            at++;
            if (!name && part.startsWith("r=")) {
                remaining = RateLimit.number(part.substring(2), RateLimit.MOST_REMAINING);
            } else if (!name && part.startsWith("t=")) {
                seconds = RateLimit.number(part.substring(2), RateLimit.MOST_SECONDS);
            }
            name = false;
        } while (end == ';');
        return remaining < 0 ? null : RateLimit.of(remaining, seconds);
    }

    /** Up to the next semicolon or comma that stands in no string. */
    private String part() {
        int start = at;
        boolean quoted = false;
        for (; at < text.length(); at++) {
            char sign = text.charAt(at);
            if (quoted && sign == '\\') {
                at++;
            } else if (sign == '"') {
                quoted = !quoted;
            } else if (!quoted && (sign == ';' || sign == ',')) {
                break;
            }
        }
        at = Math.min(at, text.length());
        return text.substring(start, at).strip();
    }
}
