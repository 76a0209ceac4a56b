package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A service level objective: which share of events is to be good over 28 or 30 days. Events are HTTP requests, of all
 * routes or of some, or operations. Immutable; each method gives a new one.
 *
 * <pre>{@code
 * Slo available = Slo.availability("api", 99.9);
 * Slo fast = Slo.latency("orders-fast", 99, Duration.ofSeconds(2)).routes("/orders", "/orders/{id}");
 * Slo filled = Slo.availability("fill", 99.5).operations("order.fill");
 * }</pre>
 *
 * <p>Give it to {@link HttpServerMetrics.Builder#slo} or to {@link Operations.Builder#slo}: its threshold is then a
 * bucket of the histogram, its objective and what it counts are metrics, and {@link SloCheck} can look at it. Requests
 * that the client gave up and answers that stay open are no events. An objective on latency is about what went well:
 * what failed is for the one on availability.
 *
 * @see <a href="https://sre.google/workbook/alerting-on-slos/">Alerting on SLOs, The Site Reliability Workbook</a>
 */
public final class Slo {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    /** A fiftieth of the budget within an hour is worth waking somebody for. */
    private static final double BUDGET_OF_AN_HOUR = 0.02;

    private final String name;
    private final double percent;
    private final @Nullable Duration threshold;
    private final int days;
    private final Set<String> routes;
    private final Set<String> operations;

    private Slo(
            String name,
            double percent,
            @Nullable Duration threshold,
            int days,
            Set<String> routes,
            Set<String> operations) {
        this.name = name;
        this.percent = percent;
        this.threshold = threshold;
        this.days = days;
        this.routes = routes;
        this.operations = operations;
        requireThatItCanAlert();
    }

    /**
     * {@return an objective on availability: so many of a hundred events do not fail, over 30 days}
     *
     * @param name its name: up to 63 lower-case letters, digits, {@code .}, {@code _} and {@code -}
     * @param percent how many of a hundred events are to be good, above 0 and below 100: 99.9, not 0.999
     * @throws IllegalArgumentException if the name or the percentage is none, or so low that no alert could ever fire:
     *     burning as fast as the fastest alert asks for would take more than every event
     */
    public static Slo availability(String name, double percent) {
        return new Slo(requireName(name), percent, null, 30, Set.of(), Set.of());
    }

    /**
     * {@return an objective on latency: so many of a hundred events that go well take no longer than a threshold, over
     * 30 days}
     *
     * @param name its name, as for {@link #availability}
     * @param percent how many of a hundred events are to be fast enough, above 0 and below 100
     * @param threshold up to how long, 1 ms to 1 h; a bucket of the histogram is made at it
     * @throws IllegalArgumentException as for {@link #availability}, and if the threshold is out of range
     */
    public static Slo latency(String name, double percent, Duration threshold) {
        requireName(name);
        if (threshold.compareTo(SHORTEST) < 0 || threshold.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the threshold of the objective \"" + name + "\" must be from 1 ms to 1 h, not " + threshold);
        }
        return new Slo(name, percent, threshold, 30, Set.of(), Set.of());
    }

    /**
     * {@return this objective over another time}
     *
     * @param window 28 days (whole weeks, so that weekends weigh the same) or 30
     * @throws IllegalArgumentException if it is neither
     */
    public Slo over(Duration window) {
        if (!window.equals(Duration.ofDays(28)) && !window.equals(Duration.ofDays(30))) {
            throw new IllegalArgumentException(
                    "the objective \"" + name + "\" can hold over 28 or 30 days, not over " + window);
        }
        return new Slo(name, percent, threshold, (int) window.toDays(), routes, operations);
    }

    /**
     * {@return this objective for some routes only}
     *
     * @param some the routes, as the application's web framework names them, for example {@code /orders/{id}}
     * @throws IllegalArgumentException if there is none, one is empty, or the objective is about operations
     */
    public Slo routes(String... some) {
        Set<String> chosen = requireSome("routes", some);
        if (!operations.isEmpty()) {
            throw new IllegalArgumentException(
                    "the objective \"" + name + "\" is about operations: make a second one for routes");
        }
        return new Slo(name, percent, threshold, days, chosen, operations);
    }

    /**
     * {@return this objective for some operations, rather than for HTTP requests}
     *
     * @param some the operations' names
     * @throws IllegalArgumentException if there is none, one is empty, or the objective is about routes
     */
    public Slo operations(String... some) {
        Set<String> chosen = requireSome("operations", some);
        if (!routes.isEmpty()) {
            throw new IllegalArgumentException(
                    "the objective \"" + name + "\" is about routes: make a second one for operations");
        }
        return new Slo(name, percent, threshold, days, routes, chosen);
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return the share of good events that is promised, above 0 and below 1} */
    public double objective() {
        // 99.9 / 100 is 0.9990000000000001.
        return BigDecimal.valueOf(percent).movePointLeft(2).doubleValue();
    }

    /** {@return up to which duration an event is good; null for an objective on availability} */
    public @Nullable Duration threshold() {
        return threshold;
    }

    /** {@return over which time it holds} */
    public Duration window() {
        return Duration.ofDays(days);
    }

    /** {@return the routes that it is about; empty for all, and where it is about operations} */
    public Set<String> routes() {
        return routes;
    }

    /** {@return the operations that it is about; empty where it is about routes} */
    public Set<String> operations() {
        return operations;
    }

    /** How fast the budget burns, as a multiple of what just uses it up, where a fiftieth goes in an hour. */
    double fastBurn() {
        return BUDGET_OF_AN_HOUR * window().toHours();
    }

    double budget() {
        return (100 - percent) / 100;
    }

    boolean isAboutRequests() {
        return operations.isEmpty();
    }

    boolean coversRoute(String route) {
        return isAboutRequests() && (routes.isEmpty() || routes.contains(route));
    }

    boolean coversOperation(String operation) {
        return operations.contains(operation);
    }

    private void requireThatItCanAlert() {
        if (!(percent > 0 && percent < 100)) {
            throw new IllegalArgumentException("the objective \"" + name + "\" must be above 0 and below 100 %, not "
                    + percent + (percent == 100 ? ": 100 % leaves no budget to work with" : ""));
        }
        if (percent <= 1) {
            throw new IllegalArgumentException("the objective \"" + name + "\" is given in per cent: 99.9, not 0.999; "
                    + percent + " would be less than one good event in a hundred");
        }
        if (fastBurn() * budget() >= 1) {
            throw new IllegalArgumentException("the objective \"" + name + "\" of " + percent + " % over " + days
                    + " days could never be seen to burn fast: " + fastBurn()
                    + " times its budget is more than all events."
                    + " Promise more than " + lowest() + " %");
        }
    }

    private double lowest() {
        return Math.ceil((1 - 1 / fastBurn()) * 10_000) / 100;
    }

    private Set<String> requireSome(String what, String... some) {
        var chosen = new LinkedHashSet<>(Arrays.asList(some));
        if (chosen.isEmpty() || chosen.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "the objective \"" + name + "\" needs the names of its " + what + ", none of them empty");
        }
        return Set.copyOf(chosen);
    }

    private static String requireName(String name) {
        if (!NAME.matcher(requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException("the name of an objective has up to 63 lower-case letters, digits,"
                    + " \".\", \"_\" and \"-\" and begins and ends with a letter or digit; not \"" + name + "\"");
        }
        return name;
    }

    @Override
    public String toString() {
        return name + ": " + percent + " % "
                + (threshold == null ? "available" : "within " + threshold.toMillis() / 1e3 + " s") + " over " + days
                + " days";
    }
}
