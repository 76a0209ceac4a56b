package dev.vitals.tracing;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code METHOD route}: put together once for a route and a method, and remembered in a table of fixed size, so that an
 * application that makes ever new routes costs time but no memory.
 */
final class SpanNames {
    /**
     * One route under one method.
     *
     * @param method the method as spans name it
     * @param raw the route as the application named it
     * @param route the route as spans show it
     * @param span the span's name
     */
    record Name(String method, String raw, String route, String span) {
        boolean is(String otherMethod, String otherRoute) {
            return method.equals(otherMethod) && raw.equals(otherRoute);
        }
    }

    private static final int REMEMBERED = 512;
    private static final int LONGEST_REMEMBERED = 256;

    private final Texts texts;
    // Written without a lock: names are immutable, and a lost write is made again.
    private final @Nullable Name[] names = new @Nullable Name[REMEMBERED];

    SpanNames(Texts texts) {
        this.texts = texts;
    }

    Name of(String method, String route) {
        int slot = Texts.slot(31 * route.hashCode() + method.hashCode(), REMEMBERED);
        Name known = names[slot];
        if (known != null && known.is(method, route)) {
            return known;
        }
        String clean = texts.clean(route);
        Name name = new Name(method, route, clean, method + " " + clean);
        if (route.length() <= LONGEST_REMEMBERED && Objects.equals(clean, route)) {
            names[slot] = name;
        }
        return name;
    }
}
