package dev.vitals.integration.peers;

import java.util.function.Predicate;

/** The threads of this process that live now. */
final class Threads {
    private Threads() {}

    static long count(Predicate<String> name) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name)
                .count();
    }
}
