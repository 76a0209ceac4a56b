package dev.vitals.scrubbing;

/** SQL without its literals. */
final class Sql {
    private Sql() {}

    static String scrub(String sql, Scrubber scrubber) {
        return scrubber.scrub(sql);
    }
}
