package dev.vitals.scrubbing;

import java.util.concurrent.atomic.AtomicLong;

/** Counts how often a character is read: the work, whatever the machine. */
final class CountedText implements CharSequence {
    private final String text;
    private final AtomicLong reads;

    CountedText(String text) {
        this(text, new AtomicLong());
    }

    private CountedText(String text, AtomicLong reads) {
        this.text = text;
        this.reads = reads;
    }

    /** {@return how often a character is read until a text of this length, made of a piece over and over, is scrubbed} */
    static long reads(String piece, int length) {
        return reads(piece.repeat(length / piece.length() + 1).substring(0, length), Rules.STANDARD);
    }

    /** {@return how often a character of a text is read until it is scrubbed, the look at what is left included} */
    static long reads(String text, Rules rules) {
        CountedText counted = new CountedText(text);
        Pass.scrub(counted, false, rules);
        Findings findings = Pass.find(text, rules);
        if (findings != null) {
            String result = findings.replace(text, text.length(), rules).toString();
            findings.freeMore(new CountedText(result, counted.reads), rules);
        }
        return counted.reads.get();
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        reads.incrementAndGet();
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        reads.addAndGet(end - start);
        return new CountedText(text.substring(start, end), reads);
    }

    @Override
    public String toString() {
        reads.addAndGet(text.length());
        return text;
    }
}
