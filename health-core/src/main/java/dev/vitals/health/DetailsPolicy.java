package dev.vitals.health;

import dev.vitals.http.Request;
import java.nio.file.Path;

/**
 * Who may read more than a probe's overall status. Denied unless said otherwise; to come over loopback is no
 * identity. Safe for use by many threads.
 */
public sealed interface DetailsPolicy permits TokenPolicy, FixedPolicy {
    /** {@return a policy by which nobody reads details: the default} */
    static DetailsPolicy denied() {
        return FixedPolicy.DENIED;
    }

    /**
     * {@return a policy by which everybody who reaches the endpoint reads details} For development, and for a port
     * that is closed to all but those who may know.
     */
    static DetailsPolicy open() {
        return FixedPolicy.OPEN;
    }

    /**
     * {@return a policy by which whoever sends {@code Authorization: Bearer} and a token of a file reads details}
     *
     * @param file one or two tokens, one a line, at least 32 characters each: two, so that a token can be changed
     *     without a gap. Read again when it changes; while it is missing or malformed, nobody reads details
     * @throws IllegalArgumentException if the file cannot be read or has no such token now
     */
    static DetailsPolicy token(Path file) {
        return TokenPolicy.of(file);
    }

    /**
     * {@return whether this request may read details}
     *
     * @param request the request
     */
    boolean allows(Request request);
}
