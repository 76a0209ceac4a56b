package dev.vitals.health.jdbc;

import org.jspecify.annotations.Nullable;

/** What a driver says of its database, as people say it. Pure. */
final class Product {
    private static final int LONGEST = 64;

    private Product() {}

    /**
     * The name and the number of the version, without the build, the packager and the edition that some append.
     *
     * @param name such as "PostgreSQL"
     * @param version such as "18.6 (Debian 18.6-1.pgdg13+1)"
     */
    static @Nullable String name(@Nullable String name, @Nullable String version) {
        if (name == null || name.isBlank()) {
            return null;
        }
        String number = version == null ? "" : firstWord(version.strip());
        boolean numbered = !number.isEmpty() && Character.isDigit(number.charAt(0));
        String all = numbered ? name.strip() + " " + number : name.strip();
        return all.substring(0, Math.min(all.length(), LONGEST));
    }

    private static String firstWord(String text) {
        int end = 0;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }
}
