package dev.vitals.scrubbing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The findings of one pass, in the order of the text. */
final class Findings {
    private long[] found = new long[8];
    private int size;

    void add(long finding) {
        if (size == found.length) {
            found = Arrays.copyOf(found, size * 2);
        }
        found[size++] = finding;
    }

    /** {@return the first characters of a text with their findings replaced; one that goes on behind them is replaced too} */
    StringBuilder replace(CharSequence text, int length, Rules rules) {
        StringBuilder out = new StringBuilder(length + 16);
        int copied = 0;
        for (int i = 0; i < size && Found.start(found[i]) < length; i++) {
            out.append(text, copied, Found.start(found[i])).append(rules.replacement(text, found[i]));
            copied = Found.end(found[i]);
        }
        return copied < length ? out.append(text, copied, length) : out;
    }

    List<Finding> toList(int length, Rules rules) {
        List<Finding> list = new ArrayList<>();
        for (int i = 0; i < size && Found.start(found[i]) < length; i++) {
            list.add(new Finding(rules.kind(found[i]), Found.start(found[i]), Found.end(found[i])));
        }
        return list;
    }
}
