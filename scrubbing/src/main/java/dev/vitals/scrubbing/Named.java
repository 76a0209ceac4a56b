package dev.vitals.scrubbing;

/** A value that goes by a name: what the name says helps to tell what the value is ({@code phone: 0431 199794}). */
final class Named {
    // Names that say something are short; a longer one is data.
    private static final int LONGEST_NAME = 64;

    private Named() {}

    /** {@return the value scrubbed with its name before it, the same instance where there was nothing} */
    static String scrub(String name, String value, Scrubber scrubber) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || value.isEmpty()) {
            return scrubber.scrub(value);
        }
        String before = name + ": " + value;
        String after = scrubber.scrub(before);
        if (after.equals(before)) {
            return value;
        }
        if (after.equals(Scrubber.UNSCRUBBABLE)) {
            return after;
        }
        int start = name.length() + 2;
        return after.regionMatches(0, before, 0, start) ? after.substring(start) : scrubber.scrub(value);
    }
}
