package dev.vitals.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The signs of life: asked at reading time, and watched between readings so that their changes are told. */
final class Signs {
    private final List<LiveSign> signs;
    private final Board board;
    private final Time time;
    /** What was broken when last watched; only the scheduler's thread looks at it. */
    private final @Nullable String[] known;

    Signs(List<LiveSign> signs, Board board, Time time) {
        this.signs = signs;
        this.board = board;
        this.time = time;
        this.known = new String[signs.size()];
    }

    Status status(long resumedNanos) {
        for (int i = 0; i < signs.size(); i++) {
            if (signs.get(i).failure(resumedNanos) != null) {
                return Status.DOWN;
            }
        }
        return Status.UP;
    }

    List<HealthReport.Check> entries(long resumedNanos) {
        Instant now = time.now();
        var entries = new ArrayList<HealthReport.Check>(signs.size());
        for (LiveSign sign : signs) {
            entries.add(Reports.of(sign, sign.failure(resumedNanos), now));
        }
        return entries;
    }

    void watch(long resumedNanos) {
        for (int i = 0; i < known.length; i++) {
            LiveSign sign = signs.get(i);
            String failure = sign.failure(resumedNanos);
            if ((failure == null) != (known[i] == null)) {
                Instant now = time.now();
                board.announceSign(Reports.of(sign, known[i], now), Reports.of(sign, failure, now));
                known[i] = failure;
            }
        }
    }
}
