package dev.vitals.tracing;

import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What travelled with a job, as propagators read it. Names are found in whatever case they came back in, among the
 * first 64 entries at the least. What is longer than 8,192 characters, or baggage that is none, is not there.
 */
final class Carrier implements TextMapGetter<Map<String, String>> {
    static final Carrier INSTANCE = new Carrier();

    private static final int MOST_ENTRIES = 64;
    private static final int LONGEST = 8_192;

    private Carrier() {}

    @Override
    public Iterable<String> keys(Map<String, String> carrier) {
        List<String> keys = new ArrayList<>();
        int left = MOST_ENTRIES;
        for (@Nullable String key : carrier.keySet()) {
            if (left-- == 0) {
                break;
            }
            if (key != null && key.length() <= LONGEST) {
                keys.add(key);
            }
        }
        return keys;
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> carrier, String name) {
        if (carrier == null) {
            return null;
        }
        String value = value(carrier, name);
        boolean usable = value != null
                && value.length() <= LONGEST
                && (!name.equalsIgnoreCase("baggage") || BaggageHeader.isWellFormed(value));
        return usable ? value : null;
    }

    private static @Nullable String value(Map<String, String> carrier, String name) {
        String exact = carrier.get(name);
        if (exact != null) {
            return exact;
        }
        int left = MOST_ENTRIES;
        for (Map.Entry<String, String> entry : carrier.entrySet()) {
            if (left-- == 0) {
                return null;
            }
            if (name.equalsIgnoreCase(entry.getKey())) {
                return entry.getValue();
            }
        }
        return null;
    }
}
