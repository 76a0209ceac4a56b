package dev.vitals.tracing;

import io.opentelemetry.context.propagation.TextMapGetter;
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

    /** None, as with {@link RequestHeaders}: the propagators of W3C and B3 ask by name. */
    // Deprecated in the API of today, abstract in the ones that an application may still have.
    @SuppressWarnings("deprecation")
    @Override
    public Iterable<String> keys(Map<String, String> carrier) {
        return List.of();
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
