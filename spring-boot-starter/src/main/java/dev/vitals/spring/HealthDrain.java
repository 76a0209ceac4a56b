package dev.vitals.spring;

import dev.vitals.health.HealthMonitor;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.springframework.context.SmartLifecycle;

/**
 * Takes the application out of traffic when its shutdown begins: Spring stops the highest phase first, and the web
 * server, which must still answer meanwhile, has a lower one.
 */
final class HealthDrain implements SmartLifecycle {
    private final HealthMonitor monitor;
    private final Duration wait;
    private final BooleanSupplier closing;
    private volatile boolean running;

    HealthDrain(HealthMonitor monitor, Duration wait, BooleanSupplier closing) {
        this.monitor = monitor;
        this.wait = wait;
        this.closing = closing;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void start() {
        running = true;
    }

    /** Drains if the context closes. One that is only stopped or paused may start again; a drained monitor may not. */
    @Override
    public void stop() {
        running = false;
        if (closing.getAsBoolean()) {
            try {
                monitor.drain(wait);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
