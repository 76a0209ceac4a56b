package dev.vitals.health;

import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The two clocks: a monotonic one to measure with, and the wall's to tell people. */
record Time(LongSupplier nanoTime, Supplier<Instant> wall) {
    static final Time SYSTEM = new Time(System::nanoTime, Instant::now);

    long nanos() {
        return nanoTime.getAsLong();
    }

    Instant now() {
        return wall.get();
    }
}
