package dev.vitals.scrubbing;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Copies one tree of maps, collections and arrays without its secrets, within bounds. */
final class Trees {
    static final int DEPTH = 8;
    static final int ENTRIES = 256;
    // Over the whole tree: one that holds itself many times over would else be 256 to the power of 8.
    static final int TOTAL = 8 * 1024;
    // In bits: the digits of a number without bounds take time that is not linear.
    private static final int LONGEST_NUMBER = 256;

    private final Scrubber scrubber;
    private int left = TOTAL;

    Trees(Scrubber scrubber) {
        this.scrubber = scrubber;
    }

    @Nullable
    Object copy(String key, @Nullable Object value, int depth) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (scrubber.finds(Kind.SECRET) && scrubber.isSensitiveKey(key)) {
            // What else there is has a toString that knows no bounds.
            boolean isText = value instanceof String || value instanceof Number;
            return isText ? scrubber.rules().redacted(value.toString()) : Scrubber.REPLACEMENT;
        }
        return copyOrdinary(key, value, depth);
    }

    private @Nullable Object copyOrdinary(String key, @Nullable Object value, int depth) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        try {
            if (value instanceof Map<?, ?> map) {
                return depth == DEPTH ? Labels.CUT : map(map, depth);
            }
            if (value instanceof Collection<?> collection) {
                return depth == DEPTH ? Labels.CUT : list(key, collection.iterator(), depth);
            }
            if (value.getClass().isArray()) {
                return depth == DEPTH ? Labels.CUT : array(key, value, depth);
            }
            // Only the JDK's own numbers are known to be nothing but a number.
            if (value instanceof Number && value.getClass().getName().startsWith("java.")) {
                return number(key, value);
            }
            if (value instanceof Optional<?> optional) {
                return depth == DEPTH ? Labels.CUT : copyOrdinary(key, optional.orElse(null), depth + 1);
            }
            String text = value.toString();
            boolean url = value instanceof URI || value instanceof URL; // also relative ones
            return Named.scrub(key, url ? scrubber.scrubUrl(text) : text, scrubber);
        } catch (Throwable failure) { // a foreign iterator or toString may throw whatever it likes
            return scrubber.failed();
        }
    }

    // A whole number may be a card's or a phone's.
    private Object number(String key, Object number) {
        boolean whole = number instanceof Long
                || number instanceof Integer
                || (number instanceof BigInteger big && big.bitLength() <= LONGEST_NUMBER)
                || (number instanceof BigDecimal decimal && decimal.scale() == 0 && decimal.precision() <= 64);
        if (!whole) {
            return number;
        }
        String digits = number.toString();
        String safe = Named.scrub(key, digits, scrubber);
        return safe.equals(digits) ? number : safe;
    }

    private Map<String, @Nullable Object> map(Map<?, ?> map, int depth) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        Map<String, Integer> twins = new HashMap<>(0);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (copy.size() == ENTRIES || left-- <= 0) {
                copy.put(unlike("…", copy, twins), Labels.CUT);
                break;
            }
            String key = name(entry.getKey());
            if (key == null) {
                copy.put(unlike(Scrubber.UNSCRUBBABLE, copy, twins), Scrubber.UNSCRUBBABLE);
            } else {
                copy.put(unlike(scrubber.scrub(key), copy, twins), copy(key, entry.getValue(), depth + 1));
            }
        }
        return copy;
    }

    // Two keys may have the same label left of them.
    private static String unlike(String label, Map<String, ?> copy, Map<String, Integer> twins) {
        String key = label;
        while (copy.containsKey(key)) {
            key = label + "#" + twins.merge(label, 2, (last, first) -> last + 1);
        }
        return key;
    }

    private @Nullable String name(@Nullable Object key) {
        try {
            return String.valueOf(key);
        } catch (Throwable failure) { // what goes by a name that cannot be read could be anything
            scrubber.failed();
            return null;
        }
    }

    private List<@Nullable Object> list(String key, Iterator<?> elements, int depth) {
        List<@Nullable Object> copy = new ArrayList<>();
        while (elements.hasNext()) {
            if (copy.size() == ENTRIES || left-- <= 0) {
                copy.add(Labels.CUT);
                break;
            }
            copy.add(copyOrdinary(key, elements.next(), depth + 1));
        }
        return copy;
    }

    private Object array(String key, Object array, int depth) {
        if (array instanceof byte[] bytes) {
            return "[" + bytes.length + " bytes]"; // text or a key as often as not
        }
        if (array instanceof char[] chars) {
            return Named.scrub(key, new String(chars), scrubber);
        }
        List<@Nullable Object> copy = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            if (i == ENTRIES || left-- <= 0) {
                copy.add(Labels.CUT);
                break;
            }
            copy.add(copyOrdinary(key, Array.get(array, i), depth + 1));
        }
        return copy;
    }
}
