package dev.vitals.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The last results of one check, in a ring of fixed size. Safe for use by many threads. */
final class History {
    private final long[] atMillis;
    private final int[] micros;
    private final Status[] statuses;
    private long count;

    History(int size) {
        atMillis = new long[size];
        micros = new int[size];
        statuses = new Status[size];
    }

    synchronized void add(Instant at, Status status, Duration duration) {
        if (atMillis.length == 0) {
            return;
        }
        int slot = (int) (count % atMillis.length);
        atMillis[slot] = at.toEpochMilli();
        micros[slot] = (int) Math.min(Integer.MAX_VALUE, duration.toNanos() / 1_000);
        statuses[slot] = status;
        count++;
    }

    /** Oldest first. */
    synchronized List<HealthReport.Point> points() {
        int size = (int) Math.min(count, atMillis.length);
        var points = new ArrayList<HealthReport.Point>(size);
        for (long i = count - size; i < count; i++) {
            int slot = (int) (i % atMillis.length);
            points.add(new HealthReport.Point(
                    Instant.ofEpochMilli(atMillis[slot]), statuses[slot], Duration.ofNanos(micros[slot] * 1_000L)));
        }
        return List.copyOf(points);
    }
}
