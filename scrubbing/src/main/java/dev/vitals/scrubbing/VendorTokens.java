package dev.vitals.scrubbing;

import java.util.List;

/** Tokens that begin with a vendor's fixed prefix. */
final class VendorTokens {
    private VendorTokens() {}

    static List<Literal> literals() {
        return List.of();
    }
}
