package dev.vitals.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a check is run and what its result means; given to the lambda at its registration. Used by one thread.
 *
 * <table>
 * <caption>Defaults</caption>
 * <tr><th>option</th><th>default</th><th>why</th></tr>
 * <tr><td>{@link #every}</td><td>10 s</td><td>a third of the 30 s that Kubernetes takes by default to act on a failing readiness probe</td></tr>
 * <tr><td>{@link #timeout}</td><td>2 s</td><td>longer than a busy dependency, shorter than a user's patience</td></tr>
 * <tr><td>{@link #longestAge}</td><td>3 × every + timeout</td><td>two runs may be lost before a result is stale</td></tr>
 * <tr><td>{@link #failuresToDown}</td><td>1</td><td>what is down is said at once</td></tr>
 * <tr><td>{@link #successesToUp}</td><td>1</td><td>what is back is said at once</td></tr>
 * <tr><td>{@link #optional}</td><td>no</td><td>who registers a check means it</td></tr>
 * </table>
 */
public final class CheckOptions {
    private static final Duration LONGEST = Duration.ofDays(365);

    boolean critical = true;
    Duration every = Duration.ofSeconds(10);
    Duration timeout = Duration.ofSeconds(2);

    @Nullable
    Duration longestAge;

    int failuresToDown = 1;
    int successesToUp = 1;

    CheckOptions() {}

    /**
     * DOWN of this check only degrades its probe.
     *
     * @return this
     */
    public CheckOptions optional() {
        critical = false;
        return this;
    }

    /**
     * How often the check runs.
     *
     * @param interval from one start to the next, at least 10 ms; each is varied by up to a tenth, so that a fleet
     *     does not march in step
     * @return this
     * @throws IllegalArgumentException if the interval is too short or above a year
     */
    public CheckOptions every(Duration interval) {
        every = atLeast(interval, Duration.ofMillis(10), "every");
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
        timeout = atLeast(limit, Duration.ofMillis(1), "timeout");
        return this;
    }

    /**
     * How old a result may get before it reads DOWN "stale".
     *
     * @param age longer than the interval
     * @return this
     * @throws IllegalArgumentException if the age is too short or above a year
     */
    public CheckOptions longestAge(Duration age) {
        longestAge = atLeast(age, Duration.ofMillis(10), "longestAge");
        return this;
    }

    /**
     * How many failures in a row make the check DOWN.
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

    Duration longestAge() {
        Duration age = longestAge != null ? longestAge : every.multipliedBy(3).plus(timeout);
        if (age.compareTo(every) <= 0) {
            throw new IllegalArgumentException(
                    "longestAge(" + age + ") must exceed every(" + every + "), or every result would be stale");
        }
        return age;
    }

    private static Duration atLeast(Duration given, Duration least, String what) {
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
