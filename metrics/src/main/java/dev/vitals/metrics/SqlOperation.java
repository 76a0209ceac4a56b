package dev.vitals.metrics;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a statement does, in one of few words: the first of it, past comments, parentheses and JDBC's braces. Never a part of the
 * statement itself. Pure; allocates nothing.
 */
final class SqlOperation {
    static final String BATCH = "BATCH";

    /** Those that an application sends often come first. */
    static final List<String> WORDS = List.of(
            "SELECT",
            "INSERT",
            "UPDATE",
            "DELETE",
            "WITH",
            "MERGE",
            "REPLACE",
            "CALL",
            "CREATE",
            "ALTER",
            "DROP",
            "TRUNCATE",
            "SET",
            "SHOW");

    private static final Map<String, String> BATCHES = Stream.concat(WORDS.stream(), Stream.of(BoundedLabel.OTHER))
            .collect(Collectors.toUnmodifiableMap(word -> word, word -> BATCH + " " + word));

    private SqlOperation() {}

    static String of(@Nullable String sql) {
        if (sql == null) {
            return BoundedLabel.OTHER;
        }
        int from = begin(sql);
        for (String word : WORDS) {
            int end = from + word.length();
            if (sql.regionMatches(true, from, word, 0, word.length())
                    && (end == sql.length() || !Character.isJavaIdentifierPart(sql.charAt(end)))) {
                return word;
            }
        }
        return BoundedLabel.OTHER;
    }

    /** By the conventions: the word of all, with {@code BATCH} before it; {@code BATCH} alone where they differ. */
    static String ofBatch(String first, boolean allTheSame) {
        return allTheSame ? BATCHES.getOrDefault(first, BATCH) : BATCH;
    }

    private static int begin(String sql) {
        int at = 0;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (sql.startsWith("--", at)) {
                at = after(sql, "\n", at);
            } else if (sql.startsWith("/*", at)) {
                at = after(sql, "*/", at + 2);
            } else if (Character.isWhitespace(c) || "({?=;".indexOf(c) >= 0) {
                at++;
            } else {
                return at;
            }
        }
        return at;
    }

    private static int after(String sql, String end, int from) {
        int found = sql.indexOf(end, from);
        return found < 0 ? sql.length() : found + end.length();
    }
}
