package dev.vitals.metrics;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * What an objective had counted at some points of the last hour, so that it can be told what has come since. Bounded: a
 * point every ten seconds. Not safe for use by many threads.
 */
final class BurnHistory {
    static final Duration LONGEST = Duration.ofHours(1);

    private static final long SPACING_NANOS = Duration.ofSeconds(10).toNanos();

    /** What had been counted at a moment. */
    record Point(long nanos, long events, long bad) {
        /** The share of what has come since then that was bad; 0 where nothing came. */
        double badShareUntil(Point later) {
            long came = later.events - events;
            return came <= 0 ? 0 : (double) Math.max(0, later.bad - bad) / came;
        }
    }

    private final ArrayDeque<Point> points = new ArrayDeque<>();

    BurnHistory(Point first) {
        points.add(first);
    }

    void add(Point point) {
        if (point.nanos() - points.getLast().nanos() < SPACING_NANOS) {
            return;
        }
        points.addLast(point);
        Point dropped = null;
        while (point.nanos() - points.getFirst().nanos() > LONGEST.toNanos()) {
            dropped = points.removeFirst();
        }
        if (dropped != null) {
            // The hour begins at it, or after it.
            points.addFirst(dropped);
        }
    }

    /** The last point that is at least so old; where none is, the oldest. */
    Point before(Duration age, long nanos) {
        for (Iterator<Point> newestFirst = points.descendingIterator(); newestFirst.hasNext(); ) {
            Point point = newestFirst.next();
            if (nanos - point.nanos() >= age.toNanos()) {
                return point;
            }
        }
        return points.getFirst();
    }

    int size() {
        return points.size();
    }
}
