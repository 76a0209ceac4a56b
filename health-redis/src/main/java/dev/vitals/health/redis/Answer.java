package dev.vitals.health.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came back for a command.
 *
 * @param value strings, numbers, lists and maps of them
 * @param error the error reply instead
 */
record Answer(@Nullable Object value, @Nullable String error) {
    static final Answer REFUSED = new Answer(null, "NOPERM");

    /** By the ACL, which logs it each time. */
    boolean denied() {
        return error != null && error.startsWith("NOPERM");
    }

    /** By the ACL, or because the command was taken away with {@code rename-command}. */
    boolean refused() {
        return denied() || (error != null && error.startsWith("ERR unknown command"));
    }

    String text() {
        return value == null ? "" : value.toString();
    }

    /** The number, or -1 where there is none. */
    long number() {
        return value instanceof Number number ? number.longValue() : Info.whole(text(), -1);
    }

    List<?> list() {
        return value instanceof List<?> list ? list : List.of();
    }

    /** A map as RESP 3 has them, or a list of keys and values as RESP 2 does. */
    static Map<String, Object> map(@Nullable Object value) {
        var fields = new HashMap<String, Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, held) -> put(fields, key, held));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i + 1 < list.size(); i += 2) {
                put(fields, list.get(i), list.get(i + 1));
            }
        }
        return fields;
    }

    private static void put(Map<String, Object> fields, @Nullable Object key, @Nullable Object held) {
        if (key != null && held != null) {
            fields.put(key.toString(), held);
        }
    }
}
