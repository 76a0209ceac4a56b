package dev.vitals.metrics;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an application says of its requests at start.
 *
 * @param named what is to be there at zero
 * @param streaming the routes that keep their answers open
 * @param slos what is promised
 */
record ServerPlan(Set<Named> named, Set<String> streaming, List<Slo> slos) {
    private static final int MOST_THRESHOLDS = 10;

    record Named(String method, String route, int status) {}

    /** @throws IllegalArgumentException if there is no room for all of it, or a part of it can have no effect */
    void requireSound(int mostRoutes, long mostCombinations) {
        Set<String> routes = routes();
        routes.forEach(ServerPlan::requireRoute);
        slos.forEach(this::requireThatItCanCount);
        if (routes.size() > mostRoutes || named.size() > mostCombinations) {
            throw new IllegalArgumentException(routes.size() + " routes with " + named.size()
                    + " combinations of method, route and status are named, and there is room for " + mostRoutes
                    + " and " + mostCombinations + ": name fewer, or raise mostRoutes");
        }
        int thresholds = thresholds().size();
        if (thresholds > MOST_THRESHOLDS) {
            throw new IllegalArgumentException(thresholds + " different thresholds of objectives would each"
                    + " be a bucket of every series: have at most " + MOST_THRESHOLDS);
        }
    }

    /** Those of the objectives on latency; each becomes a bucket. */
    Set<Duration> thresholds() {
        var thresholds = new LinkedHashSet<Duration>();
        for (Slo slo : slos) {
            Duration threshold = slo.threshold();
            if (threshold != null) {
                thresholds.add(threshold);
            }
        }
        return thresholds;
    }

    /** All that are named, for whatever reason. */
    Set<String> routes() {
        return Stream.of(
                        named.stream().map(Named::route),
                        streaming.stream(),
                        slos.stream().flatMap(slo -> slo.routes().stream()))
                .flatMap(routes -> routes)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void requireThatItCanCount(Slo slo) {
        if (!slo.routes().isEmpty() && streaming.containsAll(slo.routes())) {
            throw new IllegalArgumentException(
                    "the objective \"" + slo.name()
                            + "\" is about streaming routes alone, whose requests it does not count: name others, or leave it out");
        }
    }

    private static void requireRoute(String route) {
        if (route.isBlank() || route.length() > HttpDefinitions.LONGEST_ROUTE) {
            throw new IllegalArgumentException("a route that is named has 1 to " + HttpDefinitions.LONGEST_ROUTE
                    + " characters, not \"" + route + "\"");
        }
    }
}
