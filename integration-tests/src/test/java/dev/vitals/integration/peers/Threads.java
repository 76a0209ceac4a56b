package dev.vitals.integration.peers;

import java.util.Arrays;
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

    /** Those at work in a class. */
    static long in(Class<?> type, Predicate<String> name) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> name.test(thread.getKey().getName()))
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().equals(type.getName())
                                && frame.getMethodName().startsWith("lambda$")))
                .count();
    }
}
