package dev.vitals.health;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which check cannot work without which, by their places in the list of checks. Immutable. */
final class Dependencies {
    private final List<List<Integer>> needs = new ArrayList<>();
    private final List<List<Integer>> neededBy = new ArrayList<>();
    private final List<List<Integer>> deciders = new ArrayList<>();
    private final Map<Integer, Integer> decidesFor = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();

    /**
     * Resolves the names.
     *
     * @throws IllegalArgumentException if there is no check of a name, or checks depend on each other in a circle
     */
    Dependencies(List<CheckDefinition> definitions) {
        for (CheckDefinition definition : definitions) {
            if (!definition.isUpkeep()) {
                places.put(definition.name(), needs.size());
            }
            needs.add(new ArrayList<>());
            neededBy.add(new ArrayList<>());
            deciders.add(new ArrayList<>());
        }
        for (int i = 0; i < definitions.size(); i++) {
            CheckDefinition definition = definitions.get(i);
            for (String name : definition.dependsOn()) {
                int place = place(name, definition);
                needs.get(i).add(place);
                neededBy.get(place).add(i);
            }
            if (definition.decidesFor() != null) {
                int place = place(definition.decidesFor(), definition);
                deciders.get(place).add(i);
                decidesFor.put(i, place);
            }
        }
        refuseCircles(definitions);
    }

    private int place(String name, CheckDefinition of) {
        Integer place = places.get(name);
        if (place == null) {
            throw new IllegalArgumentException("check \"" + of.name() + "\" depends on \"" + name
                    + "\", and there is no such check of readiness or /health: register it, or mend the name");
        }
        return place;
    }

    /** Takes away, again and again, the checks that need nothing that is left. What remains goes round in a circle. */
    private void refuseCircles(List<CheckDefinition> definitions) {
        int[] open = needs.stream().mapToInt(List::size).toArray();
        var free = new ArrayList<Integer>();
        for (int i = 0; i < open.length; i++) {
            if (open[i] == 0) {
                free.add(i);
            }
        }
        for (int next = 0; next < free.size(); next++) {
            for (int dependent : neededBy.get(free.get(next))) {
                if (--open[dependent] == 0) {
                    free.add(dependent);
                }
            }
        }
        if (free.size() < open.length) {
            var circle = new ArrayList<String>();
            for (int i = 0; i < open.length; i++) {
                if (open[i] > 0) {
                    circle.add(definitions.get(i).name());
                }
            }
            throw new IllegalArgumentException(
                    "checks depend on each other in a circle: take a dependsOn(…) from one of " + circle);
        }
    }

    /** Where the check of that name is, which is known to be there. */
    int place(String name) {
        return Objects.requireNonNull(places.get(name), name);
    }

    /** The checks that this one cannot work without. */
    List<Integer> needs(int index) {
        return needs.get(index);
    }

    /** The checks that cannot work without this one. */
    List<Integer> neededBy(int index) {
        return neededBy.get(index);
    }

    /** What decides whether this one fails open. */
    List<Integer> deciders(int index) {
        return deciders.get(index);
    }

    /** The one that this one decides for, or null. */
    @Nullable
    Integer decidesFor(int index) {
        return decidesFor.get(index);
    }
}
