package dev.vitals.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads single parameters out of a query string, in time that is linear in it. */
final class Query {
    private Query() {}

    static @Nullable String parameter(@Nullable String query, String name) {
        var first = new @Nullable String[1];
        find(query, name, value -> {
            first[0] = value;
            return false;
        });
        return first[0];
    }

    static List<String> parameters(@Nullable String query, String name) {
        var values = new ArrayList<String>();
        find(query, name, value -> value == null || values.add(value));
        return values;
    }

    /** Shows the values of that name, null for a malformed one, for as long as more are wanted. */
    private static void find(@Nullable String query, String name, Predicate<@Nullable String> wantsMore) {
        if (query == null) {
            return;
        }
        boolean more = true;
        for (int start = 0; more && start <= query.length(); ) {
            int end = query.indexOf('&', start);
            if (end < 0) {
                end = query.length();
            }
            String pair = query.substring(start, end);
            int equals = pair.indexOf('=');
            if (name.equals(decode(equals < 0 ? pair : pair.substring(0, equals)))) {
                more = wantsMore.test(equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
            start = end + 1;
        }
    }

    private static @Nullable String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
