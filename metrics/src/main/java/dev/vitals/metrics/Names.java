package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import dev.vitals.scrubbing.Scrubber;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the application may name its work, its meters and their tags. */
final class Names {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");
    private static final Pattern METER = Pattern.compile("[a-z]([a-z0-9._-]{0,61}[a-z0-9])?");
    private static final Scrubber SCRUBBER = Scrubber.standard();
    private static final Pattern KEY = Pattern.compile("[a-z]([a-z0-9._]{0,61}[a-z0-9])?");
    /** What Prometheus cuts off a name, or gives a meaning. */
    private static final Pattern ENDING = Pattern.compile("(.*_)?(total|created|info|bucket|count|sum|max)");

    private static final Pattern SEPARATORS = Pattern.compile("[._-]+");
    private static final Pattern CUT_OFF = Pattern.compile("(_(total|created|info|bucket))+$");
    private static final int MOST_KEYS = 5;
    /** Prometheus and its scrapers set these, or Vitals does. */
    private static final Set<String> TAKEN =
            Set.of("le", "quantile", "job", "instance", "namespace", "pod", "service", "operation", "error_type");

    private Names() {}

    static String requireName(String what, String name) {
        if (!NAME.matcher(requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException("the name of " + what + " has up to 63 lower-case letters, digits,"
                    + " \".\", \"_\" and \"-\" and begins and ends with a letter or digit; not \"" + name + "\"");
        }
        return name;
    }

    /** Takes a name among those that have series of their own. */
    static void claim(String what, String name, Set<String> claimed) {
        requireName(what, name);
        if (claimed.size() >= WorkDefinitions.MOST_NAMES) {
            throw new IllegalArgumentException("there is no room for " + what + " \"" + name + "\": at most "
                    + WorkDefinitions.MOST_NAMES + " have series of their own. Let several share one");
        }
        if (!claimed.add(name)) {
            throw new IllegalArgumentException(
                    "there is " + what + " \"" + name + "\" already: keep the first, or give this one another name");
        }
    }

    static String requireMeter(String name) {
        if (!METER.matcher(requireNonNull(name, "name")).matches()
                || underscored(name).startsWith("vitals_")) {
            throw new IllegalArgumentException(
                    "the name of a meter has up to 63 lower-case letters, digits, \".\", \"_\""
                            + " and \"-\", begins with a letter, but not with \"vitals.\", and ends with a letter or digit; not \""
                            + name + "\"");
        }
        if (ENDING.matcher(underscored(name)).matches()) {
            throw new IllegalArgumentException(
                    "the last word of a meter's name is none of those that Prometheus adds, or"
                            + " gives a meaning: total, created, info, bucket, count, sum, max. Leave it out of \""
                            + name
                            + "\", or put another word after it");
        }
        return name;
    }

    /** One spelling for all names that are the same to Prometheus. */
    static String spelled(String name) {
        return CUT_OFF.matcher(underscored(name)).replaceFirst("");
    }

    private static String underscored(String name) {
        return SEPARATORS.matcher(name).replaceAll("_");
    }

    static List<String> requireKeys(List<String> keys) {
        if (keys.size() > MOST_KEYS) {
            throw new IllegalArgumentException(
                    "at most " + MOST_KEYS + " tag keys, not " + keys + ": each multiplies the series");
        }
        var seen = new HashSet<String>();
        for (String key : keys) {
            String underscored = requireNonNull(key, "key").replace('.', '_');
            if (!KEY.matcher(key).matches() || TAKEN.contains(underscored)) {
                throw new IllegalArgumentException("a tag key has up to 63 lower-case letters, digits, \".\" and \"_\","
                        + " begins with a letter and ends with a letter or digit, and is none of " + TAKEN + "; not \""
                        + key + "\"");
            }
            if (SCRUBBER.isSensitiveKey(key)) {
                throw new IllegalArgumentException(
                        "a tag \"" + key
                                + "\" would hold secrets, which have no place in a metric: leave it out, or name it for what it tells");
            }
            if (!seen.add(underscored)) {
                throw new IllegalArgumentException("the tag key \"" + key + "\" is there twice");
            }
        }
        return List.copyOf(keys);
    }
}
