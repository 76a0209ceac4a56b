package dev.vitals.health;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a check is run and what its result means; given to the lambda at its registration, and to {@link
 * HealthMonitor.Builder#defaults}. Used by one thread.
 *
 * <table>
 * <caption>Defaults</caption>
 * <tr><th>option</th><th>default</th><th>why</th></tr>
 * <tr><td>{@link #every}</td><td>10 s</td><td>a third of the 30 s that Kubernetes takes by default to act on a failing readiness probe</td></tr>
 * <tr><td>{@link #everyWhileDown}</td><td>half of every, not below 1 s</td><td>recovery is seen twice as fast, and what comes back is not stormed</td></tr>
 * <tr><td>{@link #jitter}</td><td>0.1</td><td>each interval is shortened by up to that share, so that a fleet does not march in step</td></tr>
 * <tr><td>{@link #initialDelay}</td><td>0 s</td><td>an instance is ready as soon as it can be</td></tr>
 * <tr><td>{@link #timeout}</td><td>2 s</td><td>longer than a busy dependency, shorter than a user's patience</td></tr>
 * <tr><td>{@link #longestAge}</td><td>3 × every + timeout</td><td>two runs may be lost before a result is stale</td></tr>
 * <tr><td>{@link #failuresToDown}</td><td>1</td><td>what is down is said at once</td></tr>
 * <tr><td>{@link #successesToUp}</td><td>1</td><td>what is back is said at once</td></tr>
 * <tr><td>{@link #optional}</td><td>no</td><td>who registers a check means it</td></tr>
 * <tr><td>{@link #mayStopTraffic}</td><td>no</td><td>a disk that fills up is no reason to turn users away yet</td></tr>
 * </table>
 */
public final class CheckOptions {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration SHORTEST_WHILE_DOWN = Duration.ofSeconds(1);

    boolean optional;
    boolean mayStopTraffic;
    Duration every = Duration.ofSeconds(10);
    Duration initialDelay = Duration.ZERO;
    double jitter = 0.1;
    Duration timeout = Duration.ofSeconds(2);
    private @Nullable Duration everyWhileDown;
    private @Nullable Duration longestAge;
    int failuresToDown = 1;
    int successesToUp = 1;
    final Set<String> dependsOn = new LinkedHashSet<>();

    @Nullable
    BooleanSupplier wholeFleetAffected;

    CheckOptions() {}

    CheckOptions(CheckOptions defaults) {
        optional = defaults.optional;
        mayStopTraffic = defaults.mayStopTraffic;
        every = defaults.every;
        initialDelay = defaults.initialDelay;
        jitter = defaults.jitter;
        timeout = defaults.timeout;
        everyWhileDown = defaults.everyWhileDown;
        longestAge = defaults.longestAge;
        failuresToDown = defaults.failuresToDown;
        successesToUp = defaults.successesToUp;
        dependsOn.addAll(defaults.dependsOn);
        wholeFleetAffected = defaults.wholeFleetAffected;
    }

    /**
     * DOWN of this check only degrades its probes.
     *
     * @return this
     */
    public CheckOptions optional() {
        optional = true;
        return this;
    }

    /**
     * DOWN of this check stops traffic although the check is {@link HealthCheck#advisory advisory}: the full disk of a
     * service that does nothing but write, for instance. Other checks do so anyway.
     *
     * @return this
     */
    public CheckOptions mayStopTraffic() {
        mayStopTraffic = true;
        return this;
    }

    /**
     * What this check cannot work without. Where it is DOWN and so is one of these, it says "because of" that one, and
     * listeners and metrics count the cause alone.
     *
     * @param checks the names of other checks of this monitor, registered before or after; they add to those that were
     *     named before
     * @return this
     */
    public CheckOptions dependsOn(String... checks) {
        dependsOn.addAll(List.of(checks));
        return this;
    }

    /**
     * DOWN of this check only degrades its probes while the whole fleet is affected: where every instance would leave
     * the traffic at once, serving what still works is better than serving nothing.
     *
     * @param wholeFleetAffected asked on a check's thread, within the timeout, while the check is DOWN; whatever it
     *     throws, and no answer, count as no. It must not ask the dependency itself
     * @return this
     */
    public CheckOptions failOpenWhen(BooleanSupplier wholeFleetAffected) {
        this.wholeFleetAffected = Objects.requireNonNull(wholeFleetAffected, "wholeFleetAffected");
        return this;
    }

    /**
     * How often the check runs.
     *
     * @param interval from one start to the next, at least 10 ms; each is shortened by the {@link #jitter}
     * @return this
     * @throws IllegalArgumentException if the interval is too short or above a year
     */
    public CheckOptions every(Duration interval) {
        every = within(interval, SHORTEST, "every");
        return this;
    }

    /**
     * How often the check runs while it is DOWN.
     *
     * @param interval from one start to the next, at least 10 ms
     * @return this
     * @throws IllegalArgumentException if the interval is too short or above a year
     */
    public CheckOptions everyWhileDown(Duration interval) {
        everyWhileDown = within(interval, SHORTEST, "everyWhileDown");
        return this;
    }

    /**
     * How long after the start the check runs for the first time. Until then it reads DOWN "not checked yet".
     *
     * @param delay 0 or more
     * @return this
     * @throws IllegalArgumentException if the delay is negative or above a year
     */
    public CheckOptions initialDelay(Duration delay) {
        initialDelay = within(delay, Duration.ZERO, "initialDelay");
        return this;
    }

    /**
     * By how much each interval is shortened at random, so that a fleet does not march in step.
     *
     * @param share the most, as a share of the interval, 0 to 0.5
     * @return this
     * @throws IllegalArgumentException if the share is out of range
     */
    public CheckOptions jitter(double share) {
        if (!(share >= 0 && share <= 0.5)) {
            throw new IllegalArgumentException("jitter(" + share + ") is a share from 0 to 0.5");
        }
        jitter = share;
        return this;
    }

    /**
     * How long a run may take.
     *
     * @param limit at least 1 ms; past it the check is DOWN
     * @return this
     * @throws IllegalArgumentException if the limit is too short or above a year
     */
    public CheckOptions timeout(Duration limit) {
        timeout = within(limit, Duration.ofMillis(1), "timeout");
        return this;
    }

    /**
     * How old a result may get before it reads DOWN "stale".
     *
     * @param age counted from the start of a run, and so longer than an interval and a timeout together
     * @return this
     * @throws IllegalArgumentException if the age is too short or above a year
     */
    public CheckOptions longestAge(Duration age) {
        longestAge = within(age, SHORTEST, "longestAge");
        return this;
    }

    /**
     * How many failures in a row make the check DOWN. The very first result counts at once.
     *
     * @param count at least 1
     * @return this
     * @throws IllegalArgumentException if the count is below 1
     */
    public CheckOptions failuresToDown(int count) {
        failuresToDown = atLeastOne(count, "failuresToDown");
        return this;
    }

    /**
     * How many successes in a row make a check that is DOWN well again.
     *
     * @param count at least 1
     * @return this
     * @throws IllegalArgumentException if the count is below 1
     */
    public CheckOptions successesToUp(int count) {
        successesToUp = atLeastOne(count, "successesToUp");
        return this;
    }

    Duration everyWhileDown() {
        if (everyWhileDown != null) {
            return everyWhileDown;
        }
        Duration half = every.dividedBy(2);
        Duration oftener = half.compareTo(SHORTEST_WHILE_DOWN) < 0 ? SHORTEST_WHILE_DOWN : half;
        return oftener.compareTo(every) < 0 ? oftener : every;
    }

    Duration longestAge() {
        Duration age = longestAge != null ? longestAge : every.multipliedBy(3).plus(timeout);
        Duration longestGap = every.compareTo(everyWhileDown()) > 0 ? every : everyWhileDown();
        if (age.compareTo(longestGap.plus(timeout)) <= 0) {
            throw new IllegalArgumentException("longestAge(" + age + ") must exceed every(" + every
                    + ") or everyWhileDown(" + everyWhileDown() + "), and timeout(" + timeout
                    + ") with it, or a result would turn stale while the next is on its way");
        }
        return age;
    }

    private static Duration within(Duration given, Duration least, String what) {
        if (given.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + "(" + given + ") is too long: " + LONGEST + " at the most");
        }
        if (given.compareTo(least) < 0) {
            throw new IllegalArgumentException(what + "(" + given + ") is too short: " + least + " at the least");
        }
        return given;
    }

    private static int atLeastOne(int given, String what) {
        if (given < 1) {
            throw new IllegalArgumentException(what + "(" + given + ") must be at least 1");
        }
        return given;
    }
}
