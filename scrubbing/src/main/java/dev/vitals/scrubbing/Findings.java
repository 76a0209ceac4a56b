package dev.vitals.scrubbing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The findings of one pass, in the order of the text. */
final class Findings {
    /** As far as any verifier looks back from its trigger, or ahead to what makes it doubt. */
    private static final int NEAR = 128;

    private static final int AROUND = 2 * NEAR;
    private static final int TOGETHER = 2048;

    private long[] found = new long[8];
    private int size;
    private int[] ends = {};
    private boolean onlyLabels = true;

    void add(long finding) {
        if (size == found.length) {
            found = Arrays.copyOf(found, size * 2);
        }
        found[size++] = finding;
    }

    /** {@return the first characters of a text with their findings replaced; one that goes on behind them is replaced too} */
    StringBuilder replace(CharSequence text, int length, Rules rules) {
        StringBuilder out = new StringBuilder(length + 16);
        ends = new int[size];
        int copied = 0;
        for (int i = 0; i < size && Found.start(found[i]) < length; i++) {
            String replacement = rules.replacement(text, found[i]);
            onlyLabels &= replacement.isEmpty() || Labels.end(replacement, 0) == replacement.length();
            out.append(text, copied, Found.start(found[i])).append(replacement);
            ends[i] = out.length();
            copied = Found.end(found[i]);
        }
        return copied < length ? out.append(text, copied, length) : out;
    }

    /**
     * {@return whether something is seen beside what was replaced, now that it is gone} Not where something else than
     * labels stands there: what an application puts in their place may look private, and is meant to.
     */
    boolean freeMore(CharSequence result, Rules rules) {
        if (onlyLabels && result.toString().contains(Pems.BEGIN)) {
            return true; // what makes a block one may stand far behind its beginning
        }
        int seen = 0;
        for (int i = 0; i < size && onlyLabels && seen < result.length(); i++) {
            int start = Math.max(seen, ends[i] - NEAR);
            int end = ends[i] + NEAR;
            while (i + 1 < size && ends[i + 1] - NEAR <= end && end - start < TOGETHER) {
                end = ends[++i] + NEAR;
            }
            if (findsAny(result, start, Math.min(result.length(), end), rules)) {
                return true;
            }
            seen = end;
        }
        return false;
    }

    // In a part of its own: what begins here and goes on to the text's end must not be followed once for each finding.
    private static boolean findsAny(CharSequence result, int start, int end, Rules rules) {
        int from = Math.max(0, start - AROUND);
        CharSequence part = Copy.of(result.subSequence(from, Math.min(result.length(), end + AROUND)));
        try {
            return Pass.findsAny(part, start - from, end - from, rules);
        } finally {
            Copy.release(part);
        }
    }

    List<Finding> toList(int length, Rules rules) {
        List<Finding> list = new ArrayList<>();
        for (int i = 0; i < size && Found.start(found[i]) < length; i++) {
            list.add(new Finding(rules.kind(found[i]), Found.start(found[i]), Found.end(found[i])));
        }
        return list;
    }
}
