package dev.vitals.scrubbing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** HTTP headers without what is private in them. */
final class Headers {
    static final int NAMES = 256;
    static final int VALUES = 256;

    // Their values are URLs as a whole, also relative ones (RFC 9110).
    private static final Set<String> URLS = Set.of("referer", "location", "content-location", "origin", "refresh");

    private Headers() {}

    static Map<String, List<String>> scrub(Map<String, List<String>> headers, Scrubber scrubber) {
        Map<String, List<String>> safe = new LinkedHashMap<>();
        for (Map.Entry<@Nullable String, @Nullable List<@Nullable String>> header : entries(headers)) {
            if (safe.size() == NAMES) {
                safe.put("…", List.of(Labels.CUT));
                break;
            }
            // HttpURLConnection has the status line under no name.
            String name = header.getKey() == null ? "" : header.getKey();
            // Two private names may come out as one.
            List<String> values = safe.computeIfAbsent(scrubber.scrub(name), any -> new ArrayList<>());
            addAll(name, header.getValue(), values, scrubber);
        }
        return safe;
    }

    private static void addAll(String name, @Nullable List<@Nullable String> from, List<String> to, Scrubber scrubber) {
        if (from == null) {
            return;
        }
        boolean sensitive = scrubber.finds(Kind.SECRET) && scrubber.isSensitiveKey(name);
        boolean url = URLS.contains(name.toLowerCase(Locale.ROOT));
        for (String value : from) {
            if (to.size() >= VALUES) {
                to.add(Labels.CUT);
                return;
            }
            if (value == null || value.isEmpty()) {
                to.add("");
            } else if (sensitive) {
                to.add(scrubber.rules().redacted(value));
            } else {
                to.add(Named.scrub(name, url ? scrubber.scrubUrl(value) : value, scrubber));
            }
        }
    }

    // A map of the JDK has null in it where the types say that it has not.
    @SuppressWarnings("unchecked")
    private static Iterable<Map.Entry<@Nullable String, @Nullable List<@Nullable String>>> entries(Map<?, ?> headers) {
        return (Iterable<Map.Entry<@Nullable String, @Nullable List<@Nullable String>>>)
                (Iterable<?>) headers.entrySet();
    }
}
