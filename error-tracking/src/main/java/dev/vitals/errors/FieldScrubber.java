package dev.vitals.errors;

import dev.vitals.scrubbing.Scrubber;
import java.util.Set;

/** Scrubs one field of a report at a time. */
interface FieldScrubber {
    /** {@return whether whatever this name holds has to go} */
    boolean isSensitive(String name);

    /** {@return the text without its secrets} */
    String text(String name, String text);

    /** {@return one that knows which of Sentry's fields hold URLs and parts of them} */
    static FieldScrubber of(Scrubber scrubber) {
        return new FieldScrubber() {
            private static final Set<String> URLS = Set.of(
                    "url",
                    "query_string",
                    "fragment",
                    "http.url",
                    "http.query",
                    "http.fragment",
                    "url.full",
                    "url.query");

            @Override
            public boolean isSensitive(String name) {
                return scrubber.isSensitiveKey(name);
            }

            @Override
            public String text(String name, String text) {
                return URLS.contains(name) ? scrubber.scrubUrl(text) : scrubber.scrub(text);
            }
        };
    }
}
