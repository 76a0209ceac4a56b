package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Several checks as one: all of them must be well, any, or at least so many. The status is that of the n-th best of them, so
 * that with 2 of 3 it is UP while two are UP, and DOWN when two are DOWN. Advisory where all its parts are. Safe for use
 * by many threads where its parts are.
 *
 * <pre>{@code
 * .readiness("mail", CompositeCheck.anyOf(Map.of(
 *     "primary", TcpCheck.of("mx1.example.com", 25),
 *     "mirror", TcpCheck.of("mx2.example.com", 25))))
 * }</pre>
 *
 * <p>All parts run in each run, one after another in the map's order, each with an even share of the time that is left. What a part
 * throws is that part's DOWN. An advisory part among others is DEGRADED at the most. A part that overstays its share takes from those after it; one that does not come back is the
 * whole check's "no answer". The reason names the parts that are not UP, also while enough of them are.
 *
 * <p>Measures {@code parts.up} ({check}), the parts that are UP or DEGRADED, and all that its parts measure, with the part's name before it:
 * {@code primary.http.status}.
 */
public final class CompositeCheck implements HealthCheck {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    private final int needed;
    private final Map<String, HealthCheck> parts;

    private CompositeCheck(int needed, Map<String, HealthCheck> parts) {
        this.needed = needed;
        this.parts = parts;
    }

    /**
     * {@return a check that is as well as the worst of its parts}
     *
     * @param parts one or more, by name: lower-case letters, digits, '-' and '_'
     * @throws IllegalArgumentException if there is none, or a name is not like that
     */
    public static CompositeCheck allOf(Map<String, ? extends HealthCheck> parts) {
        return atLeast(Math.max(1, parts.size()), parts);
    }

    /**
     * {@return a check that is as well as the best of its parts}
     *
     * @param parts one or more, by name: lower-case letters, digits, '-' and '_'
     * @throws IllegalArgumentException if there is none, or a name is not like that
     */
    public static CompositeCheck anyOf(Map<String, ? extends HealthCheck> parts) {
        return atLeast(1, parts);
    }

    /**
     * {@return a check that is as well as the n-th best of its parts}
     *
     * @param needed how many must be well
     * @param parts as many or more, by name: lower-case letters, digits, '-' and '_'
     * @throws IllegalArgumentException if there are too few, or a name is not like that
     */
    public static CompositeCheck atLeast(int needed, Map<String, ? extends HealthCheck> parts) {
        var copy = new LinkedHashMap<String, HealthCheck>();
        parts.forEach((name, part) -> {
            if (name == null || !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "a part's name is lower-case letters, digits, '-' and '_', beginning with a"
                                + " letter, like \"mirror\"; not \"" + name + "\"");
            }
            if (copy.keySet().stream().anyMatch(taken -> taken.replace('-', '_').equals(name.replace('-', '_')))) {
                throw new IllegalArgumentException(
                        "two parts are named \"" + name + "\" but for '-' and '_': give one another name");
            }
            copy.put(name, Options.given(part, "the part \"" + name + "\" is null: give a check"));
        });
        if (needed < 1 || needed > copy.size()) {
            throw new IllegalArgumentException("at least " + needed + " of " + copy.size()
                    + " parts makes no sense: give one part or more, and need from 1 to all of them");
        }
        return new CompositeCheck(needed, copy);
    }

    @Override
    public boolean advisory() {
        return parts.values().stream().allMatch(HealthCheck::advisory);
    }

    @Override
    public HealthResult check(Deadline deadline) throws InterruptedException {
        var results = new LinkedHashMap<String, HealthResult>();
        for (Map.Entry<String, HealthCheck> part : parts.entrySet()) {
            int left = parts.size() - results.size();
            Duration share = deadline.remaining().dividedBy(left);
            results.put(part.getKey(), asAdvised(part.getValue(), run(part.getValue(), deadline.atMost(share))));
        }
        return merged(results);
    }

    /** Advice does not stop traffic, in the midst of what may no more than alone. */
    private HealthResult asAdvised(HealthCheck part, HealthResult result) {
        return part.advisory() && !advisory() && result.status() == Status.DOWN
                ? new HealthResult(Status.DEGRADED, result.reason(), result.details(), result.measurements())
                : result;
    }

    private static HealthResult run(HealthCheck part, Deadline deadline) throws InterruptedException {
        if (deadline.isExpired()) {
            return HealthResult.down("no time was left for it");
        }
        try {
            HealthResult result = part.check(deadline);
            return result == null ? HealthResult.down("the check gave null") : result;
        } catch (InterruptedException over) {
            throw over;
        } catch (Throwable thrown) {
            HealthResult down = HealthResult.down(thrown.getClass().getSimpleName());
            String message = thrown.getMessage();
            return message == null ? down : down.withDetail("message", message);
        }
    }

    private HealthResult merged(Map<String, HealthResult> results) {
        List<Status> statuses =
                results.values().stream().map(HealthResult::status).sorted().toList();
        var reasons = new ArrayList<String>();
        var details = new LinkedHashMap<String, Object>();
        var measurements = new ArrayList<HealthResult.Measurement>();
        long up = statuses.stream().filter(status -> status != Status.DOWN).count();
        measurements.add(new HealthResult.Measurement("parts.up", "{check}", (double) up));
        results.forEach((name, result) -> {
            if (result.status() != Status.UP) {
                reasons.add(name + " " + result.status() + ": " + result.reason());
            }
            details.put(name, detail(result));
            for (HealthResult.Measurement one : result.measurements()) {
                String prefixed = name.replace('-', '_') + "." + one.name();
                measurements.add(new HealthResult.Measurement(prefixed, one.unit(), one.value()));
            }
        });
        String reason = reasons.isEmpty() ? null : String.join("; ", reasons);
        return new HealthResult(statuses.get(needed - 1), reason, details, measurements);
    }

    private static Map<String, Object> detail(HealthResult result) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("status", result.status().name());
        if (result.reason() != null) {
            detail.put("reason", result.reason());
        }
        if (!result.details().isEmpty()) {
            detail.put("details", result.details());
        }
        return detail;
    }
}
