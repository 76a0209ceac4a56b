package dev.vitals.health.redis;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which commands the server refused on a connection, for five minutes: asking again at each run would fill its ACL LOG,
 * and never asking again would not see a right that was granted.
 */
final class Refusals {
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

    private final LongSupplier nanoTime;
    private final Map<Ask, Long> since = new HashMap<>();
    private @Nullable Object on;

    Refusals(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized boolean known(Object connection, Ask ask) {
        Long at = on == connection ? since.get(ask) : null;
        return at != null && nanoTime.getAsLong() - at < LONGEST_NANOS;
    }

    synchronized void note(Object connection, Exchange.Answers answers) {
        if (on != connection) {
            since.clear();
            on = connection;
        }
        answers.byAsk().forEach((ask, answer) -> {
            if (answer.denied()) {
                since.put(ask, nanoTime.getAsLong());
            } else {
                since.remove(ask);
            }
        });
    }
}
