package dev.vitals.health;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * News that wait a moment: a check has turned DOWN, and what it depends on has not been looked at since. Only when that
 * has spoken is it known whether the check or its dependency is to blame. One piece of news for each check at the most.
 * Guarded by the board.
 */
final class Held {
    /**
     * One piece of news.
     *
     * @param before what was known before
     * @param awaited the checks that have still to speak
     */
    private record News(HealthReport.Check before, Set<Integer> awaited) {}

    private final Map<Integer, News> news = new HashMap<>();

    void hold(int index, HealthReport.Check before, Set<Integer> awaited) {
        news.put(index, new News(before, new HashSet<>(awaited)));
    }

    boolean holds(int index) {
        return news.containsKey(index);
    }

    /** Takes the news of a check out, whatever it waits for. Returns what was known before, or null. */
    HealthReport.@Nullable Check release(int index) {
        News held = news.remove(index);
        return held == null ? null : held.before();
    }

    /** A check has spoken. Whether the news of another wait for nothing more: for they are its failure, or it is well. */
    boolean ripe(int index, int spoken, boolean isDown) {
        News held = news.get(index);
        if (held == null || !held.awaited().remove(spoken)) {
            return false;
        }
        return isDown || held.awaited().isEmpty();
    }
}
