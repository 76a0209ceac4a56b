package dev.vitals.health;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Details without their depth, for formats that know none: {@code pool: {active: 3}} is {@code pool.active: 3}. Texts,
 * numbers and booleans, bounded in entries, and within the budget of their texts.
 */
final class Flat {
    private static final int DEEPEST = 6;
    /** So that one detail that holds thousands does not hide the others. */
    private static final int MOST_OF_ONE = 16;

    private static final int BYTES_OF_AN_ENTRY = 24;

    private final Texts texts;
    private final Map<String, Object> flat = new LinkedHashMap<>();
    private int most;

    private Flat(Texts texts) {
        this.texts = texts;
    }

    static Map<String, Object> of(Map<String, Object> details, Texts texts) {
        var entries = new Flat(texts);
        int shown = 0;
        for (Map.Entry<String, Object> detail : details.entrySet()) {
            if (shown++ == JsonValues.MOST_ENTRIES || texts.spent()) {
                entries.flat.put(Texts.CUT, "more");
                break;
            }
            entries.most = entries.flat.size() + MOST_OF_ONE;
            entries.value(detail.getKey(), detail.getValue(), 1);
        }
        return entries.flat;
    }

    private boolean full() {
        return flat.size() >= most || texts.spent();
    }

    private void map(String prefix, Map<?, ?> map, int depth) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (full()) {
                flat.put(Texts.CUT, "more");
                return;
            }
            value(prefix + entry.getKey(), entry.getValue(), depth + 1);
        }
    }

    private void value(String name, @Nullable Object value, int depth) {
        boolean tree = value instanceof Map<?, ?> || value instanceof Collection<?>;
        if (tree && depth == DEEPEST) {
            put(name, Texts.CUT);
        } else if (value instanceof Map<?, ?> map) {
            map(name + ".", map, depth);
        } else if (value instanceof Collection<?> items) {
            int index = 0;
            for (Object item : items) {
                if (full()) {
                    flat.put(Texts.CUT, "more");
                    return;
                }
                value(name + "." + index++, item, depth + 1);
            }
        } else {
            put(name, value);
        }
    }

    private void put(String name, @Nullable Object value) {
        texts.spend(BYTES_OF_AN_ENTRY);
        Object plain = Numbers.plain(value);
        boolean asItIs = plain instanceof Boolean || plain instanceof Number;
        flat.put(texts.plain(name), asItIs ? plain : texts.plain(String.valueOf(plain)));
    }
}
