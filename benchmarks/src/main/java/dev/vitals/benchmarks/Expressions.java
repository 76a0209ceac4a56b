package dev.vitals.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Ten regular expressions such as applications scrub their logs with, each of them applied to what the one before has
 * left. They are what both engines understand.
 */
final class Expressions {
    /** What it finds, how it looks, what to put there. */
    record Expression(String kind, String pattern, String replacement) {}

    static final List<Expression> ALL = List.of(
            new Expression("email", "[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}", "[email]"),
            new Expression("card", "\\b(?:\\d[ -]?){12,18}\\d\\b", "[card]"),
            new Expression("us-ssn", "\\b\\d{3}-\\d{2}-\\d{4}\\b", "[us-ssn]"),
            new Expression("ip", "\\b(?:\\d{1,3}\\.){3}\\d{1,3}\\b", "[ip]"),
            new Expression(
                    "phone", "(?:\\+\\d{1,3}[ .-]?)?(?:\\(\\d{3}\\)|\\b\\d{3})[ .-]?\\d{3}[ .-]?\\d{4}\\b", "[phone]"),
            new Expression("jwt", "\\beyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+", "[jwt]"),
            new Expression("bearer", "(?i)\\bbearer +[A-Za-z0-9._~+/-]+=*", "Bearer [redacted]"),
            new Expression("aws", "\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b", "[token]"),
            new Expression(
                    "secret",
                    "(?i)((?:password|passwd|pwd|secret|token|api[_-]?key)\"?\\s*[=:]\\s*\"?)[^\\s\"&,;}]+",
                    "$1[redacted]"),
            new Expression("user info", "://[^/\\s:@]+:[^/\\s@]+@", "://[redacted]@"));

    private Expressions() {}

    /** The JDK's. */
    static final class Jdk {
        private final Map<Pattern, String> patterns = new LinkedHashMap<>();

        Jdk() {
            ALL.forEach(one -> patterns.put(Pattern.compile(one.pattern()), one.replacement()));
        }

        String scrub(String text) {
            String left = text;
            for (Map.Entry<Pattern, String> one : patterns.entrySet()) {
                left = one.getKey().matcher(left).replaceAll(one.getValue());
            }
            return left;
        }
    }

    /** RE2/J's, linear whatever the text. */
    static final class Re2 {
        private final Map<com.google.re2j.Pattern, String> patterns = new LinkedHashMap<>();

        Re2() {
            ALL.forEach(one -> patterns.put(com.google.re2j.Pattern.compile(one.pattern()), one.replacement()));
        }

        String scrub(String text) {
            String left = text;
            for (Map.Entry<com.google.re2j.Pattern, String> one : patterns.entrySet()) {
                left = one.getKey().matcher(left).replaceAll(one.getValue());
            }
            return left;
        }
    }
}
