package dev.vitals.examples.orders;

import io.lettuce.core.api.StatefulRedisConnection;

/** Leaves Redis hardly more memory than it uses, and nothing that it may throw away. */
final class TightMemory {
    private static final double ROOM = 1.08;

    private final StatefulRedisConnection<String, String> connection;

    TightMemory(StatefulRedisConnection<String, String> connection) {
        this.connection = connection;
    }

    void set(boolean on) {
        connection.sync().configSet("maxmemory", on ? Long.toString((long) (used() * ROOM)) : "0");
    }

    private long used() {
        return connection
                .sync()
                .info("memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findAny()
                .orElseThrow();
    }
}
