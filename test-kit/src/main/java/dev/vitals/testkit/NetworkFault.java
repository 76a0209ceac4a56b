package dev.vitals.testkit;

import java.time.Duration;

/**
 * What a {@link FaultProxy} does to what passes through it. Immutable.
 *
 * @param silent whether nothing passes
 * @param latency how much later everything comes
 * @param bytesPerSecond how much passes, each way on each connection; 0 for any amount
 * @param refusing whether new connections are reset
 */
record NetworkFault(boolean silent, Duration latency, int bytesPerSecond, boolean refusing) {
    static final NetworkFault NONE = new NetworkFault(false, Duration.ZERO, 0, false);
    static final NetworkFault BLACK_HOLE = new NetworkFault(true, Duration.ZERO, 0, false);
    static final NetworkFault RESET = new NetworkFault(false, Duration.ZERO, 0, true);

    static NetworkFault latency(Duration each) {
        return new NetworkFault(false, each, 0, false);
    }

    static NetworkFault slowDrip(int bytesPerSecond) {
        return new NetworkFault(false, Duration.ZERO, bytesPerSecond, false);
    }
}
