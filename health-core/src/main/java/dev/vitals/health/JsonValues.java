package dev.vitals.health;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes what the scrubber made of details as JSON: a tree of maps, collections, texts, numbers and booleans, bounded
 * in depth and entries, and within the budget of its texts.
 */
final class JsonValues {
    private static final int DEEPEST = 6;
    static final int MOST_ENTRIES = 64;
    private static final int BYTES_OF_AN_ENTRY = 24;

    private final JsonGenerator json;
    private final Texts texts;

    JsonValues(JsonGenerator json, Texts texts) {
        this.json = json;
        this.texts = texts;
    }

    void write(Map<?, ?> details) {
        writeMap(details, 0);
    }

    /** Writes a text, a number, a boolean or null. */
    void writeScalar(@Nullable Object value) {
        texts.spend(BYTES_OF_AN_ENTRY);
        Object plain = Numbers.plain(value);
        if (plain == null) {
            json.writeNull();
        } else if (plain instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (plain instanceof Long number) {
            json.writeNumber(number);
        } else if (plain instanceof Double number) {
            json.writeNumber(number);
        } else {
            json.writeString(texts.plain(String.valueOf(plain)));
        }
    }

    private void writeValue(@Nullable Object value, int depth) {
        boolean tree = value instanceof Map<?, ?> || value instanceof Collection<?>;
        if (tree && depth == DEEPEST) {
            json.writeString(Texts.CUT);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, depth);
        } else if (value instanceof Collection<?> items) {
            writeItems(items, depth);
        } else {
            writeScalar(value);
        }
    }

    private void writeMap(Map<?, ?> map, int depth) {
        json.writeStartObject();
        Set<String> names = new HashSet<>();
        int entries = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (entries == MOST_ENTRIES || texts.spent()) {
                json.writeStringProperty(Texts.CUT, map.size() - entries + " more");
                break;
            }
            String name = texts.plain(String.valueOf(entry.getKey()));
            // Long names may be the same once they are cut.
            json.writeName(names.add(name) ? name : name + "#" + entries);
            writeValue(entry.getValue(), depth + 1);
            entries++;
        }
        json.writeEndObject();
    }

    private void writeItems(Collection<?> items, int depth) {
        json.writeStartArray();
        int entries = 0;
        for (Object item : items) {
            if (entries == MOST_ENTRIES || texts.spent()) {
                json.writeString(Texts.CUT + " " + (items.size() - entries) + " more");
                break;
            }
            writeValue(item, depth + 1);
            entries++;
        }
        json.writeEndArray();
    }
}
