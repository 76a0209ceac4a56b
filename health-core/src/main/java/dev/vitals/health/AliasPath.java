package dev.vitals.health;

import java.util.Set;

/** What a further path of a probe may look like. */
final class AliasPath {
    /** MicroProfile's own; no check can be called that. */
    private static final Set<String> MICROPROFILE = Set.of("/health/live", "/health/ready", "/health/started");

    private AliasPath() {}

    /**
     * Refuses what would never be asked for, or hide something else.
     *
     * @throws IllegalArgumentException if the path is no plain absolute path, or belongs to a probe or a check
     */
    static void require(String path) {
        boolean plain = path.startsWith("/")
                && !path.contains("//")
                && (path.length() == 1 || !path.endsWith("/"))
                && path.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "/-_.~".indexOf(c) >= 0));
        if (!plain) {
            throw new IllegalArgumentException(
                    "an alias is a path of letters, digits, '-', '_', '.', '~' and single '/', "
                            + "like \"/livez\", with no slash at its end; not \"" + path + "\"");
        }
        boolean below = path.equals(Probe.HEALTH.path()) || path.startsWith(Probe.HEALTH.path() + "/");
        if (below && !MICROPROFILE.contains(path)) {
            throw new IllegalArgumentException("\"" + path + "\" belongs to a probe or to a check: below /health only "
                    + "/health/live, /health/ready and /health/started can be aliases");
        }
    }
}
