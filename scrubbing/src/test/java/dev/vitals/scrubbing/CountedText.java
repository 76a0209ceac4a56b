package dev.vitals.scrubbing;

/** Counts how often a character is read: the work, whatever the machine. */
final class CountedText implements CharSequence {
    private final String text;
    private long reads;

    CountedText(String text) {
        this.text = text;
    }

    /** {@return how often a character is read until a text of this length, made of a piece over and over, is scrubbed} */
    static long reads(String piece, int length) {
        return reads(piece.repeat(length / piece.length() + 1).substring(0, length), Rules.STANDARD);
    }

    /** {@return how often a character of a text is read until it is scrubbed} */
    static long reads(String text, Rules rules) {
        CountedText counted = new CountedText(text);
        Pass.scrub(counted, false, rules);
        return counted.reads;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        reads++;
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        reads += end - start;
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        reads += text.length();
        return text;
    }
}
