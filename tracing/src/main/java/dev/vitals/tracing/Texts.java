package dev.vitals.tracing;

import dev.vitals.scrubbing.Scrubber;
import org.jspecify.annotations.Nullable;

/**
 * Texts as spans may show them: scrubbed and cut. A fixed number of those that had nothing to hide are remembered, so
 * that what comes with every request, a user agent for instance, is read once; what had something to hide is never kept.
 * A client that sends ever new ones gains nothing: each then costs what it would without a memory.
 */
final class Texts {
    static final int LONGEST = 1_024;

    private static final int REMEMBERED = 256;
    private static final int LONGEST_REMEMBERED = 256;

    private final Scrubber scrubber;
    // Written without a lock: strings are immutable, and a lost write is scrubbed again.
    private final @Nullable String[] harmless = new @Nullable String[REMEMBERED];

    Texts(Scrubber scrubber) {
        this.scrubber = scrubber;
    }

    String clean(String text) {
        if (text.length() > LONGEST_REMEMBERED) {
            return Bounded.scrubbed(text, scrubber::scrub, LONGEST);
        }
        int slot = slot(text.hashCode(), REMEMBERED);
        String known = harmless[slot];
        if (known != null && known.equals(text)) {
            return known;
        }
        String scrubbed = scrubber.scrub(text);
        if (scrubbed.equals(text)) {
            harmless[slot] = text;
        }
        return Bounded.cut(scrubbed, LONGEST);
    }

    /** The query without its question mark, by the rules for URLs. */
    String cleanQuery(String query) {
        String scrubbed = Bounded.scrubbed("?" + query, scrubber::scrubUrl, LONGEST + 1);
        return scrubbed.startsWith("?") ? scrubbed.substring(1) : Bounded.cut(scrubbed, LONGEST);
    }

    /** A place in a table whose size is a power of two. */
    static int slot(int hash, int size) {
        return (hash ^ (hash >>> 16)) & (size - 1);
    }
}
