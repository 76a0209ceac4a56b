package dev.vitals.scrubbing;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A text's characters in an array, which are read in two thirds of the time that a string's take: {@code String.charAt}
 * asks each time how the string is stored. The arrays are kept for the next text; wiped, since a scrubber is no place for
 * what is private. There are as many as threads that scrub side by side, about; where one is missing, a text is read as it is.
 */
final class Copy implements CharSequence {
    static final int LONGEST = 1 << 15;

    private static final int SLOTS = Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 4);
    private static final int APART = 32; // so that no two threads write to the same line of the processor's cache
    private static final AtomicReferenceArray<@Nullable Copy> UNUSED = new AtomicReferenceArray<>(SLOTS * APART);

    static {
        for (int slot = 0; slot < SLOTS; slot++) {
            UNUSED.set(slot * APART, new Copy(slot * APART));
        }
    }

    private final int slot;
    private char[] characters = {};
    private int length;

    private Copy(int slot) {
        this.slot = slot;
    }

    /** {@return a copy, to be {@linkplain #release released}; the text itself where it has to be read as it is} */
    static CharSequence of(CharSequence text) {
        if (!(text instanceof String string) || string.length() > LONGEST) {
            return text;
        }
        Copy copy = UNUSED.getAndSet(slot(), null);
        if (copy == null) {
            return text;
        }
        copy.take(string);
        return copy;
    }

    private static int slot() {
        return ((int) Thread.currentThread().getId() & SLOTS - 1) * APART;
    }

    private void take(String text) {
        int size = text.length();
        if (size > characters.length) {
            characters = new char[Math.min(LONGEST, Integer.highestOneBit(size) * 2)];
        }
        text.getChars(0, size, characters, 0);
        length = size;
    }

    /** Gives back what {@link #of} gave. */
    static void release(CharSequence text) {
        if (text instanceof Copy copy) {
            Arrays.fill(copy.characters, 0, copy.length, '\0');
            copy.length = 0;
            UNUSED.lazySet(copy.slot, copy);
        }
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public char charAt(int index) {
        return characters[index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new String(characters, start, end - start);
    }

    @Override
    public String toString() {
        return new String(characters, 0, length);
    }
}
