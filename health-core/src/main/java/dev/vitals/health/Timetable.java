package dev.vitals.health;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * When each check is next due: one time for each, the last that was said. A time that was missed, because there was no
 * memory for a timer for instance, is made up for.
 */
final class Timetable {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long MISSED_NANOS = 5_000_000_000L;

    private final Ground ground;
    private final IntConsumer fire;
    private final long[] dueNanos;
    private final int[] edition;
    private final @Nullable Runnable[] cancel;

    Timetable(int size, Ground ground, IntConsumer fire) {
        this.ground = ground;
        this.fire = fire;
        this.dueNanos = new long[size];
        this.edition = new int[size];
        this.cancel = new Runnable[size];
    }

    /** The check is due then, and at no other time. */
    synchronized void plan(int index, long delayNanos) {
        dueNanos[index] = ground.time().nanos() + delayNanos;
        int mine = ++edition[index];
        Runnable before = cancel[index];
        if (before != null) {
            before.run();
        }
        cancel[index] = ground.timers().once(delayNanos, () -> begin(index, mine));
    }

    /** The check is due then, unless it is due before. */
    synchronized void hasten(int index, long delayNanos) {
        long remaining = dueNanos[index] - ground.time().nanos();
        if (dueNanos[index] != NEVER && delayNanos < remaining) {
            plan(index, delayNanos);
        }
    }

    /** The check is never due again. */
    synchronized void done(int index) {
        dueNanos[index] = NEVER;
        edition[index]++;
    }

    /** Makes up for what was missed. */
    synchronized void mend() {
        long nanos = ground.time().nanos();
        for (int i = 0; i < dueNanos.length; i++) {
            if (dueNanos[i] != NEVER && nanos - dueNanos[i] > MISSED_NANOS) {
                plan(i, 0);
            }
        }
    }

    private void begin(int index, int itsEdition) {
        synchronized (this) {
            if (edition[index] != itsEdition) {
                return;
            }
        }
        try {
            fire.accept(index);
        } catch (Throwable thrown) {
            Engine.complain("a check's time", thrown);
        }
    }
}
