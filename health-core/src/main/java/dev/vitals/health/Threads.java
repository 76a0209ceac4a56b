package dev.vitals.health;

import java.util.concurrent.ThreadFactory;

/** Makes the platform threads that Vitals works on. */
final class Threads {
    private Threads() {}

    static ThreadFactory daemon(String name) {
        return task -> {
            var thread = new Thread(task, "vitals-" + name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
