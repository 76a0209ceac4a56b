package dev.vitals.examples.orders;

/**
 * Where the demo listens.
 *
 * @param service the order service, for example {@code http://127.0.0.1:8080}
 * @param management health, metrics and faults
 * @param database what the database is, for people
 * @param redis what Redis is, for people
 */
record Addresses(String service, String management, String database, String redis) {}
