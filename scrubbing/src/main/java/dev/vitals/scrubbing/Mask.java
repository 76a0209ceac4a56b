package dev.vitals.scrubbing;

/** Stars, but for a few characters at the ends. */
final class Mask implements Replacement {
    private final int first;
    private final int last;

    Mask(int first, int last) {
        if (first < 0 || last < 0) {
            throw new IllegalArgumentException(
                    "a mask keeps no fewer than 0 characters at each end: " + first + ", " + last);
        }
        this.first = first;
        this.last = last;
    }

    @Override
    public String replace(Kind kind, CharSequence found) {
        int length = found.length();
        boolean tooMuch = 2L * ((long) first + last) > length;
        int from = tooMuch ? 0 : first;
        int to = tooMuch ? length : length - last;
        // Half a character beyond the BMP would be no character.
        if (from > 0 && Character.isHighSurrogate(found.charAt(from - 1))) {
            from--;
        }
        if (to < length && Character.isLowSurrogate(found.charAt(to))) {
            to++;
        }
        return new StringBuilder(length)
                .append(found, 0, from)
                .append("*".repeat(to - from))
                .append(found, to, length)
                .toString();
    }
}
