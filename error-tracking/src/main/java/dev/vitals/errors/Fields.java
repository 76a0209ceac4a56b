package dev.vitals.errors;

import dev.vitals.scrubbing.Scrubber;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Knows by its name what a field of Sentry's holds. All that is in no table is a text or a number that its name says
 * something about, as {@code phone} does. Every way ends at the scrubber; none goes around it.
 */
final class Fields implements FieldScrubber {
    private enum Holds {
        /** A text that its name says nothing about. */
        TEXT,
        URL,
        /** What stands behind the question mark of a URL. */
        QUERY,
        SQL,
        ID,
        /** What a name says of a version counts: four numbers are no address there. */
        RELEASE
    }

    private static final Map<String, Holds> TABLE = table(Map.of(
            Holds.TEXT,
                    "type value module function raw_function filename abs_path package symbol logger level transaction"
                            + " message formatted params body description fingerprint category op platform",
            Holds.URL,
                    "url urls uri help_link http.url http.target url.full url.path referer location content-location",
            Holds.QUERY, "query_string fragment http.query http.fragment url.query url.fragment",
            Holds.SQL, "sql db.sql db.statement db.query.text db.query.summary",
            Holds.ID,
                    "event_id trace_id span_id parent_span_id sid check_in_id replay_id profiler_id chunk_id"
                            + " associated_event_id",
            Holds.RELEASE, "release"));

    private static final Set<String> MEASURES = Set.of(
            "memory_size",
            "free_memory",
            "usable_memory",
            "storage_size",
            "free_storage",
            "external_storage_size",
            "external_free_storage",
            "image_size",
            "timestamp",
            "duration",
            "lineno",
            "colno",
            "length");

    /** Where a breadcrumb or a span of a database has its statement. */
    private static final Set<String> STATEMENTS = Set.of("message", "description", "query", "statement");

    /** Fewer digits are nobody's number. */
    private static final int FEWEST_DIGITS = 7;

    private final Scrubber scrubber;
    private final boolean opaque;
    private final OtherIds otherIds = new OtherIds();

    /** Makes one that lets pass what cannot be looked into, or not. */
    Fields(Scrubber scrubber, boolean opaque) {
        this.scrubber = scrubber;
        this.opaque = opaque;
    }

    private static Map<String, Holds> table(Map<Holds, String> names) {
        return names.entrySet().stream()
                .flatMap(row -> Stream.of(row.getValue().split(" ")).map(name -> Map.entry(name, row.getKey())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public boolean isSensitive(String name) {
        // A profile of another runtime's, compressed and in base64.
        return scrubber.isSensitiveKey(name) || (!opaque && name.equals("sampled_profile"));
    }

    @Override
    public boolean isMeasure(String name) {
        return MEASURES.contains(name);
    }

    @Override
    public String name(String name) {
        return scrubber.scrub(name);
    }

    @Override
    public String text(Place place, String name, String text) {
        if (isJson(text)) {
            return scrubber.scrubJson(text);
        }
        String known = place.name().equals("headers") ? name.toLowerCase(Locale.ROOT) : name;
        Holds holds = TABLE.get(known);
        if (holds == Holds.SQL || (place.statement() && STATEMENTS.contains(name))) {
            return scrubber.scrub(scrubber.scrubSql(text));
        }
        if (holds == null) {
            return named(name, text);
        }
        return switch (holds) {
            case TEXT -> isAttribute(place, name) ? text(attributes(place), place.name(), text) : scrubber.scrub(text);
            case URL -> scrubber.scrub(scrubber.scrubUrl(text));
            case QUERY -> query(text);
            case SQL -> scrubber.scrub(scrubber.scrubSql(text));
            case ID -> id(text);
            case RELEASE -> release(name, text);
        };
    }

    // Logs and metrics have {"attributes": {"name": {"type": "string", "value": …}}}.
    private static boolean isAttribute(Place place, String name) {
        return name.equals("value") && place.outerName().equals("attributes");
    }

    private static Place attributes(Place place) {
        return place.outer() == null ? Place.REPORT : place.outer();
    }

    private static boolean isJson(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return c == '{' || c == '[' || c == '"';
            }
        }
        return false;
    }

    // A name may say that a number is private, and may say that it is none; here it is heard in the first case alone.
    private String named(String name, String text) {
        return scrubber.scrub(String.valueOf(scrubber.scrubValue(name, text)));
    }

    private String id(String text) {
        String safe = scrubber.scrub(text);
        return safe.equals(text) ? text : otherIds.insteadOf(text, safe);
    }

    private String query(String text) {
        String safe = scrubber.scrubUrl("?" + text);
        return scrubber.scrub(safe.startsWith("?") ? safe.substring(1) : safe);
    }

    // As in shop@1.2.3.4, where jane@1.2.3.4 would be somebody.
    private String release(String name, String text) {
        int at = text.lastIndexOf('@');
        boolean version = at >= 0 && isVersion(text, at + 1);
        String before = version ? scrubber.scrub(text.substring(0, at)) + "@" : "";
        return before + scrubber.scrubValue(name, version ? text.substring(at + 1) : text);
    }

    private static boolean isVersion(String text, int from) {
        int dot = text.indexOf('.', from);
        return dot > from
                && dot + 1 < text.length()
                && text.substring(from, dot).chars().allMatch(Character::isDigit)
                && Character.isDigit(text.charAt(dot + 1));
    }

    @Override
    public @Nullable String number(Place place, String name, Number number) {
        String known = isAttribute(place, name) ? place.name() : name;
        String text = number.toString();
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException notOne) { // a class of the application's
            return text(place, name, text);
        }
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return text; // JSON has none
        }
        String digits = whole(text, value);
        if (digits.length() < FEWEST_DIGITS) {
            return null;
        }
        String safe = named(known, digits);
        return safe.equals(digits) ? null : safe;
    }

    // 4.111111111111111E15 is a card's number that some JSON library has read.
    private static String whole(String text, double value) {
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return text;
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e19;
        return whole ? BigDecimal.valueOf(Math.abs(value)).toBigInteger().toString() : "";
    }
}
