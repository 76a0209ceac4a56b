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
        CountedText text =
                new CountedText(piece.repeat(length / piece.length() + 1).substring(0, length));
        Pass.scrub(text, false, Rules.STANDARD);
        return text.reads;
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
