package dev.vitals.health;

import dev.vitals.http.Request;

/** The same answer for all. */
enum FixedPolicy implements DetailsPolicy {
    DENIED,
    OPEN;

    @Override
    public boolean allows(Request request) {
        return this == OPEN;
    }
}
