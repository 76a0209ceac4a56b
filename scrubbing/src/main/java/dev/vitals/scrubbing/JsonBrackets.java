package dev.vitals.scrubbing;

import java.util.Arrays;

/** The brackets that are open, a bit for each: a million of them are 128 kB, and no recursion. */
final class JsonBrackets {
    private long[] objects = new long[1];
    private int depth;

    void push(boolean object) {
        int word = depth >> 6;
        if (word == objects.length) {
            objects = Arrays.copyOf(objects, word * 2);
        }
        long bit = 1L << depth;
        objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
        depth++;
    }

    void pop() {
        depth--;
    }

    /** Closes all brackets that were opened behind this depth. */
    void popTo(int outer) {
        depth = outer;
    }

    int depth() {
        return depth;
    }

    /** {@return whether the innermost open bracket is an object's} */
    boolean isInObject() {
        int top = depth - 1;
        return top >= 0 && (objects[top >> 6] >>> top & 1) != 0;
    }
}
