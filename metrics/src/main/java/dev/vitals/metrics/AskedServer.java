package dev.vitals.metrics;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A server that was asked: its labels, and its timers as a tree with a level for each other label, so that a known
 * combination is found without making a key. Safe for use by many threads.
 */
final class AskedServer {
    /** What was asked and how it ended; at the last level, a timer. */
    static final class Node {
        private final ConcurrentHashMap<String, Node> below = new ConcurrentHashMap<>(4);
        private volatile @Nullable Timer timer;

        private Node at(String value) {
            return below.computeIfAbsent(value, unused -> new Node());
        }

        @Nullable
        Timer timer() {
            return timer;
        }

        /** Two threads may both make and keep one: a registry gives both the same. */
        Timer keep(Timer made) {
            timer = made;
            return made;
        }
    }

    private final String address;
    private final String port;
    private final Node root = new Node();

    AskedServer(String address, String port) {
        this.address = address;
        this.port = port;
    }

    String address() {
        return address;
    }

    String port() {
        return port;
    }

    @Nullable
    Node find(String method, String status, String errorType) {
        Node found = root.below.get(method);
        found = found == null ? null : found.below.get(status);
        return found == null ? null : found.below.get(errorType);
    }

    Node at(String method, String status, String errorType) {
        return root.at(method).at(status).at(errorType);
    }
}
