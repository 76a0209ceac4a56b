package dev.vitals.health;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has been: the last results of each check, and the last changes of all. Safe for use by many threads. */
final class Journal {
    private final int size;
    private final Map<String, History> histories = new HashMap<>();
    private final Deque<HealthReport.Change> changes = new ArrayDeque<>();

    Journal(List<CheckDefinition> definitions, int size) {
        this.size = size;
        for (CheckDefinition definition : definitions) {
            if (!definition.isUpkeep()) {
                histories.put(definition.name(), new History(size));
            }
        }
    }

    void add(CheckDefinition definition, CheckState state) {
        History history = histories.get(definition.name());
        if (history != null && state.checkedAt() != null && state.duration() != null) {
            history.add(state.checkedAt(), state.result().status(), state.duration());
        }
    }

    void add(HealthReport.Change change) {
        synchronized (changes) {
            changes.addLast(change);
            if (changes.size() > size) {
                changes.removeFirst();
            }
        }
    }

    /** Oldest first. */
    List<HealthReport.Change> changes() {
        synchronized (changes) {
            return List.copyOf(changes);
        }
    }

    /** Oldest first; empty where there is no such check, or none that runs. */
    List<HealthReport.Point> history(@Nullable String check) {
        History history = histories.get(check);
        return history == null ? List.of() : history.points();
    }
}
