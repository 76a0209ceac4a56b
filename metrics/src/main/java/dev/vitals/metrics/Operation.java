package dev.vitals.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * One kind of work, {@code order.place}: see {@link Operations}, which makes them. Keep it in a field; the same name
 * gives the same one.
 */
public final class Operation extends Work {
    private final Operations operations;
    private final List<String> named;

    Operation(Operations operations, List<String> named, Recorder recorder) {
        super(recorder);
        this.operations = operations;
        this.named = named;
    }

    /**
     * {@return this operation with a tag}
     *
     * <p>Values may come from outside: they are scrubbed, and as many are told apart as the key allows; the ones after
     * them are {@code _OTHER}, and counted. What is under way is counted by operation alone.
     *
     * @param key one of the keys that the builder named
     * @param value its value; an empty one is none
     * @throws IllegalArgumentException if the builder named no such key
     */
    public Operation with(String key, String value) {
        int place = operations.place(key);
        var values = new ArrayList<>(named);
        values.set(place, operations.bounded(place, value));
        return operations.handle(values);
    }
}
