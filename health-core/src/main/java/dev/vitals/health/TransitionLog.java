package dev.vitals.health;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs each change once, and no probe ever: ERROR for a sign of life, WARN for what has got worse by itself, INFO for
 * what another check is to blame for, for what is well again and for a start that is not done yet, DEBUG for what is well from the start.
 */
final class TransitionLog implements HealthListener {
    private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);

    @Override
    public void onChanged(HealthReport.Check before, HealthReport.Check after) {
        LOG.atLevel(level(before, after)).log("{}", describe(before, after));
    }

    private static Level level(HealthReport.Check before, HealthReport.Check after) {
        if (after.status() == Status.UP) {
            return before.checkedAt() == null ? Level.DEBUG : Level.INFO;
        }
        if (before.checkedAt() == null && after.probes().contains(Probe.STARTUP)) {
            return Level.INFO;
        }
        if (after.probes().contains(Probe.LIVENESS)) {
            return Level.ERROR;
        }
        return after.cause() == null ? Level.WARN : Level.INFO;
    }

    static String describe(HealthReport.Check before, HealthReport.Check after) {
        var text = new StringBuilder(after.name()).append(" is ").append(after.status());
        Instant since = before.since();
        Instant now = after.since();
        if (before.checkedAt() != null && since != null && now != null && before.status() != after.status()) {
            text.append(", was ")
                    .append(before.status())
                    .append(" for ")
                    .append(Duration.between(since, now).toSeconds())
                    .append(" s");
        }
        return after.reason() == null
                ? text.toString()
                : text.append(": ").append(oneLine(after.reason())).toString();
    }

    /** A reason may hold what an attacker sent: it must not look like a line of its own. */
    static String oneLine(@Nullable String text) {
        return text == null ? "" : text.replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\u2028\\u2029]", " ");
    }
}
