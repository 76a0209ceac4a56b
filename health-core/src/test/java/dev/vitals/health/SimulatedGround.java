package dev.vitals.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/**
 * A ground on which time passes only when told to. Everything happens in the order of a queue of events, one thing at a
 * time, so that every run of a test is the same. A check runs on a thread of its own, so that it can hang, be
 * interrupted and have a stack; but while it does, nothing else moves.
 */
final class SimulatedGround implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
    /** The monotonic clock wraps after an hour, as it may. */
    private static final long START_NANOS = Long.MAX_VALUE - Duration.ofHours(1).toNanos();

    private record Event(long atNanos, long order, Runnable task) {}

    private final PriorityQueue<Event> events = new PriorityQueue<>((one, other) -> one.atNanos == other.atNanos
            ? Long.compare(one.order, other.order)
            : Long.signum(one.atNanos - other.atNanos));
    private final List<Strand> asleep = new ArrayList<>();
    private final List<Runnable> missed = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(Threads.daemon("simulated"));
    private final DoubleSupplier random;
    private long nanos = START_NANOS;
    private long order;
    private Strand current;
    private boolean schedulerDead;
    private boolean timersClosed;
    private boolean noThreads;
    private boolean over;
    int revivals;
    final Runners runners = new Runners(this::executeRun, () -> {});

    SimulatedGround() {
        this(() -> 0);
    }

    SimulatedGround(DoubleSupplier random) {
        this.random = random;
    }

    Ground ground() {
        return new Ground(
                time(), new SimulatedTimers(), runners, SimulatedListenerThread::new, task -> at(0, task), random);
    }

    Time time() {
        return new Time(() -> nanos, () -> START.plus(elapsed()));
    }

    Duration elapsed() {
        return Duration.ofNanos(nanos - START_NANOS);
    }

    long elapsedSeconds() {
        return elapsed().toSeconds();
    }

    /** Lets time pass, and all happen that is due up to then, the last moment counted in. */
    void advance(Duration by) {
        long end = nanos + by.toNanos();
        while (!events.isEmpty() && events.peek().atNanos - end <= 0) {
            Event event = events.poll();
            nanos = event.atNanos - nanos > 0 ? event.atNanos : nanos;
            event.task.run();
            wakeTheInterrupted();
        }
        nanos = end;
    }

    void advanceSeconds(double seconds) {
        advance(Duration.ofNanos((long) (seconds * 1e9)));
    }

    /** The process is stopped, and goes on later: nothing happens meanwhile, and what was due is late. */
    void away(Duration how) {
        nanos += how.toNanos();
    }

    /** From now on no timer fires, until something revives the thread. */
    void killScheduler() {
        schedulerDead = true;
    }

    /** From now on there is no memory for a thread, or there is again. */
    void noThreads(boolean none) {
        noThreads = none;
    }

    /** In a check: it takes that long, whatever interrupts it. */
    void pass(Duration by) {
        current.sleep(by, false);
    }

    /** In a check: the same, but it heeds an interruption. */
    void sleep(Duration by) throws InterruptedException {
        current.sleep(by, true);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Does something at a later moment of the simulation. */
    void at(long delayNanos, Runnable task) {
        events.add(new Event(nanos + delayNanos, order++, task));
    }

    private void executeRun(Runnable run) {
        if (noThreads) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        at(0, () -> new Strand(run).resume());
    }

    private void wakeTheInterrupted() {
        for (Strand strand : List.copyOf(asleep)) {
            if (strand.heedsInterrupts && strand.thread.isInterrupted()) {
                strand.wake();
            }
        }
    }

    @Override
    public void close() {
        over = true;
        for (int round = 0; round < 1000 && !asleep.isEmpty(); round++) {
            List.copyOf(asleep).forEach(Strand::wake);
        }
        threads.shutdownNow();
        Eventually.eventually(threads::isTerminated);
    }

    /** One thread that runs while the simulation waits, and the other way round. */
    private final class Strand {
        private final Runnable run;
        private final Semaphore mayWait = new Semaphore(0);
        private Thread thread;
        private volatile boolean mayRun;
        private boolean started;
        private boolean heedsInterrupts;

        Strand(Runnable run) {
            this.run = run;
        }

        void resume() {
            Strand before = current;
            current = this;
            if (started) {
                mayRun = true;
                LockSupport.unpark(thread);
            } else {
                started = true;
                threads.execute(this::begin);
            }
            mayWait.acquireUninterruptibly();
            current = before;
        }

        private void begin() {
            thread = Thread.currentThread();
            String name = thread.getName();
            try {
                run.run();
            } finally {
                thread.setName(name);
                mayWait.release();
            }
        }

        void sleep(Duration by, boolean heeds) {
            if (over) {
                return;
            }
            heedsInterrupts = heeds;
            asleep.add(this);
            at(by.toNanos(), this::wake);
            mayRun = false;
            mayWait.release();
            while (!mayRun) {
                // No lock of the library would leave the interrupt where the simulation can see it.
                LockSupport.park(this);
                Thread.onSpinWait();
            }
        }

        void wake() {
            if (asleep.remove(this)) {
                resume();
            }
        }
    }

    private final class SimulatedTimers implements Timers {
        @Override
        public Runnable once(long delayNanos, Runnable task) {
            boolean[] cancelled = {false};
            at(
                    delayNanos,
                    () -> fire(() -> {
                        if (!cancelled[0]) {
                            task.run();
                        }
                    }));
            return () -> cancelled[0] = true;
        }

        @Override
        public void every(long periodNanos, Runnable task) {
            once(periodNanos, () -> {
                task.run();
                every(periodNanos, task);
            });
        }

        private void fire(Runnable task) {
            if (schedulerDead) {
                missed.add(task);
            } else if (!timersClosed) {
                task.run();
            }
        }

        @Override
        public void revive() {
            revivals++;
            schedulerDead = false;
            missed.forEach(task -> at(0, () -> fire(task)));
            missed.clear();
        }

        @Override
        public void close() {
            timersClosed = true;
        }
    }

    private final class SimulatedListenerThread extends AbstractExecutorService {
        private boolean shutdown;

        @Override
        public void execute(Runnable task) {
            if (shutdown) {
                throw new RejectedExecutionException();
            }
            at(0, task);
        }

        @Override
        public void shutdown() {
            shutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shutdown = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shutdown;
        }

        @Override
        public boolean isTerminated() {
            return shutdown;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return shutdown;
        }
    }
}
