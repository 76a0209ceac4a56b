package dev.vitals.scrubbing;

/** JSON text (RFC 8259) without what is private in it, its structure kept. */
final class Json {
    private Json() {}

    static String scrub(String json, Scrubber scrubber) {
        return scrubber.scrub(json);
    }
}
