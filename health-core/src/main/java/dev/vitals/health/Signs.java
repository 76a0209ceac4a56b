package dev.vitals.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** The signs of life: asked at reading time, and watched between readings so that their changes are told. */
final class Signs {
    /** After an absence, whoever gives a sign needs a moment to come round, as the scheduler does. */
    private static final long MOMENT_NANOS = 2_000_000_000L;

    private final List<LiveSign> signs;
    private final Board board;
    private final Time time;
    /** How long the process had been away in all when each sign was last seen to be given. */
    private final AtomicLongArray awayBefore;
    /** The rest is the scheduler's alone. */
    private final long[] givenNanos;

    private final @Nullable String[] known;

    Signs(List<LiveSign> signs, Board board, Time time) {
        this.signs = signs;
        this.board = board;
        this.time = time;
        this.awayBefore = new AtomicLongArray(signs.size());
        this.givenNanos = new long[signs.size()];
        this.known = new String[signs.size()];
    }

    Status status(long nanos, Pulse.Absences absences) {
        for (int i = 0; i < signs.size(); i++) {
            if (failure(i, nanos, absences) != null) {
                return Status.DOWN;
            }
        }
        return Status.UP;
    }

    private @Nullable String failure(int index, long nanos, Pulse.Absences absences) {
        long away = absences.totalNanos() - awayBefore.get(index);
        boolean justBack = away > 0 && nanos - absences.resumedNanos() < MOMENT_NANOS;
        return signs.get(index).failure(nanos, justBack ? away + MOMENT_NANOS : away);
    }

    List<HealthReport.Check> entries(long nanos, Pulse.Absences absences) {
        Instant now = time.now();
        var entries = new ArrayList<HealthReport.Check>(signs.size());
        for (int i = 0; i < signs.size(); i++) {
            entries.add(Reports.of(signs.get(i), failure(i, nanos, absences), now));
        }
        return entries;
    }

    /** On the scheduler's thread. */
    void watch(long nanos, Pulse.Absences absences) {
        for (int i = 0; i < known.length; i++) {
            LiveSign sign = signs.get(i);
            long given = sign.givenNanos();
            if (given != givenNanos[i]) {
                givenNanos[i] = given;
                awayBefore.set(i, absences.beforeNanos(given));
            }
            String failure = failure(i, nanos, absences);
            if ((failure == null) != (known[i] == null)) {
                Instant now = time.now();
                board.announceSign(Reports.of(sign, known[i], now), Reports.of(sign, failure, now));
                known[i] = failure;
            }
        }
    }
}
