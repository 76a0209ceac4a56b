package dev.vitals.errors;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which errors pass. Of one error as many pass at once as its bucket holds, and one more each time that it
 * is refilled; of all together as many as theirs holds; and what has passed with the same content a moment ago does not
 * pass again. It counts what it holds back and tells it with what passes: nothing is told twice, nothing gets lost. Its
 * tables never grow; what has to give way hands its count to the others'. Safe for use by many threads; the lock is held
 * for some tens of nanoseconds, and no foreign code runs under it.
 */
final class Storms {
    static final int ERRORS = 1024;
    static final int CONTENTS = 1024;
    private static final int WAYS = 8;

    private final LongSupplier nanoTime;
    private final int perError;
    private final long refill;
    private final int perMinute;
    private final long pace;
    private final long window;

    // A bucket is the time at which it is full again: one number, after the generic cell rate algorithm (ITU-T I.371).
    private final long[] errors = new long[ERRORS];
    private final long[] fullAt = new long[ERRORS];
    private final long[] seen = new long[ERRORS];
    private final long[] held = new long[ERRORS];
    private final long[] contents = new long[CONTENTS];
    private final long[] passedAt = new long[CONTENTS];
    private final long[] passedAs = new long[CONTENTS];
    private long allFullAt;
    private long others;

    Storms(Settings settings, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.perError = settings.perError();
        this.refill = settings.refill().toNanos();
        this.perMinute = settings.perMinute();
        this.pace = Duration.ofMinutes(1).toNanos() / perMinute;
        this.window = settings.duplicates().toNanos();
        this.allFullAt = nanoTime.getAsLong();
    }

    /**
     * What an error that passes has to tell.
     *
     * @param error the error's fingerprint
     * @param same how many of this error were held back before it
     * @param others how many others were held back that nothing told of yet
     */
    record Told(long error, long same, long others) {
        static final Told NOTHING = new Told(0, 0, 0);
    }

    /** Returns null where the error is held back. */
    synchronized @Nullable Told admit(Fingerprints prints) {
        long now = nanoTime.getAsLong();
        int slot = slot(prints.error(), now);
        if (isEmpty(fullAt[slot], now, perError, refill)) {
            held[slot]++;
            return null;
        }
        int content = content(prints.content(), now);
        if (content >= 0 && contents[content] == prints.content() && now - passedAt[content] < window) {
            add(passedAs[content], 1);
            return null;
        }
        if (isEmpty(allFullAt, now, perMinute, pace)) {
            others++;
            return null;
        }
        fullAt[slot] = taken(fullAt[slot], now, refill);
        allFullAt = taken(allFullAt, now, pace);
        if (content >= 0) {
            contents[content] = prints.content();
            passedAt[content] = now;
            passedAs[content] = errors[slot];
        }
        if (held[slot] == 0 && others == 0) {
            return Told.NOTHING;
        }
        var told = new Told(errors[slot], held[slot], others);
        held[slot] = 0;
        others = 0;
        return told;
    }

    /** What was to be told did not get through. */
    synchronized void takeBack(Told told) {
        others += told.others();
        add(told.error(), told.same());
    }

    /** {@return how many were held back and are not told} */
    synchronized long untold() {
        long sum = others;
        for (long count : held) {
            sum += count;
        }
        return sum;
    }

    private void add(long error, long count) {
        int slot = find(errors, error);
        if (slot >= 0) {
            held[slot] += count;
        } else {
            others += count;
        }
    }

    /** The error's place; where it has none yet, that of the one in its set that was seen the longest ago. */
    private int slot(long fingerprint, long now) {
        long error = fingerprint == 0 ? 1 : fingerprint;
        int slot = find(errors, error);
        if (slot < 0) {
            slot = oldest(errors, seen, error, now);
            others += held[slot];
            held[slot] = 0;
            errors[slot] = error;
            fullAt[slot] = now;
        }
        seen[slot] = now;
        return slot;
    }

    private int content(long content, long now) {
        if (content == 0 || window == 0) {
            return -1;
        }
        int slot = find(contents, content);
        return slot >= 0 ? slot : oldest(contents, passedAt, content, now);
    }

    private static int find(long[] keys, long key) {
        int first = first(keys, key);
        for (int i = first; i < first + WAYS; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        return -1;
    }

    private static int oldest(long[] keys, long[] times, long key, long now) {
        int first = first(keys, key);
        int oldest = first;
        for (int i = first; i < first + WAYS; i++) {
            if (keys[i] == 0) {
                return i;
            }
            if (now - times[i] > now - times[oldest]) {
                oldest = i;
            }
        }
        return oldest;
    }

    private static int first(long[] keys, long key) {
        return (int) (key >>> 1) & (keys.length - 1) & -WAYS;
    }

    private static boolean isEmpty(long fullAt, long now, int size, long each) {
        return fullAt - now > each * (size - 1);
    }

    private static long taken(long fullAt, long now, long each) {
        return (fullAt - now > 0 ? fullAt : now) + each;
    }
}
