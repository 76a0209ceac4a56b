package dev.vitals.scrubbing;

/** What a name says about the value behind it. */
enum KeyKind {
    /** Nothing to hide. */
    ORDINARY,
    /** A secret. */
    SECRET,
    /** A secret in the query of a URL, an ordinary word elsewhere ({@code sig}). */
    SECRET_IN_URL,
    /** A secret that has spaces in it and goes on to the end of the line, as HTTP headers do. */
    SECRET_LINE
}
