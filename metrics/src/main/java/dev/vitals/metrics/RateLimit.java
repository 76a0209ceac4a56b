package dev.vitals.metrics;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server said of the requests that it still allows. It comes from outside: what is no plain number, too large or
 * too long is as if it were not there.
 *
 * @param remaining how many more it allows
 * @param seconds until its window ends
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit header fields</a>
 */
record RateLimit(long remaining, long seconds) {
    /** For how long a word without a window is believed. */
    static final long UNTOLD_SECONDS = 3_600;
    /** A window of a month, the longest that is sold, and some. */
    static final long MOST_SECONDS = 40 * 86_400L;

    static final long MOST_REMAINING = 1_000_000_000_000L;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int LONGEST_NUMBER = 15;
    private static final int LONGEST_DATE = 40;
    /** Nobody has windows of thirty years: what is larger is no delay, but a point in time. */
    private static final long EPOCH_FROM = 1_000_000_000;

    /** What an answer says; null where it says nothing. Allocates only where it does. */
    static @Nullable RateLimit of(int status, HttpHeaders headers, long nowMillis) {
        Map<String, List<String>> byName = headers.map();
        if (status == TOO_MANY_REQUESTS) {
            long seconds = retryAfter(first(byName, "retry-after"), nowMillis);
            if (seconds >= 0) {
                return new RateLimit(0, seconds);
            }
        }
        List<String> structured = byName.get("ratelimit");
        RateLimit told = structured == null ? null : RateLimitField.tightest(structured);
        if (told == null) {
            told = pair(byName, "ratelimit-remaining", "ratelimit-reset", nowMillis);
        }
        return told != null ? told : pair(byName, "x-ratelimit-remaining", "x-ratelimit-reset", nowMillis);
    }

    /** Some say when the window ends in seconds from now, others (GitHub) since 1970. */
    private static @Nullable RateLimit pair(
            Map<String, List<String>> headers, String remainingName, String resetName, long nowMillis) {
        long remaining = number(first(headers, remainingName), MOST_REMAINING);
        if (remaining < 0) {
            return null;
        }
        long reset = number(first(headers, resetName), Long.MAX_VALUE);
        return of(remaining, reset < EPOCH_FROM ? reset : until(reset, nowMillis));
    }

    /** A window that was not told, or cannot be, is the usual one. */
    static RateLimit of(long remaining, long seconds) {
        return new RateLimit(remaining, seconds >= 0 && seconds <= MOST_SECONDS ? seconds : UNTOLD_SECONDS);
    }

    private static long until(long epochSeconds, long nowMillis) {
        return Math.max(0, epochSeconds - nowMillis / 1_000);
    }

    /** RFC 9110, section 10.2.3: seconds or a date. Negative where it is neither. */
    private static long retryAfter(@Nullable String value, long nowMillis) {
        long seconds = number(value, MOST_SECONDS);
        if (seconds >= 0 || value == null || value.length() > LONGEST_DATE) {
            return seconds;
        }
        try {
            Instant date = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            long until = until(date.getEpochSecond(), nowMillis);
            return until <= MOST_SECONDS ? until : -1;
        } catch (DateTimeException noDate) {
            return -1;
        }
    }

    private static @Nullable String first(Map<String, List<String>> headers, String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** The value of a text that is digits alone; negative where it is not, or is more than the most. */
    static long number(@Nullable String text, long most) {
        String digits = text == null || text.length() > LONGEST_DATE ? "" : text.strip();
        if (digits.isEmpty() || digits.length() > LONGEST_NUMBER) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = 10 * value + (digit - '0');
        }
        return value <= most ? value : -1;
    }
}
