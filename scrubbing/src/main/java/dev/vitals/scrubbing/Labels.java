package dev.vitals.scrubbing;

import java.util.HashMap;
import java.util.Map;

/** What scrubbing leaves in a text, so that it is not looked at again: {@code [email]}, {@code [email:k3x9q2m7ab]}. */
final class Labels {
    static final String CUT = "[cut]";

    private static final WordTable NAMES = names();
    private static final int LONGEST_NAME = 32;
    private static final int LONGEST_PSEUDONYM = 64;
    private static final int LONGEST = LONGEST_NAME + LONGEST_PSEUDONYM + 3;

    private Labels() {}

    private static WordTable names() {
        Map<String, Integer> names = new HashMap<>();
        Kind.BUILT_IN.forEach(kind -> names.put(kind.name(), 1));
        for (String label : new String[] {Scrubber.REPLACEMENT, Scrubber.UNSCRUBBABLE, CUT}) {
            names.put(label.substring(1, label.length() - 1), 1);
        }
        return new WordTable(names);
    }

    /** {@return where the label that begins at an index ends, the index itself where there is none} */
    static int end(CharSequence text, int at) {
        if (at >= text.length() || text.charAt(at) != '[') {
            return at;
        }
        int end = at + 1;
        while (end < text.length() && end - at <= LONGEST_NAME && inName(text.charAt(end))) {
            end++;
        }
        if (end >= text.length() || NAMES.meaning(WordTable.hash(0, text, at + 1, end), text, at + 1, end) == 0) {
            return at;
        }
        if (text.charAt(end) == ':') {
            int from = ++end;
            while (end < text.length() && end - from < LONGEST_PSEUDONYM && inName(text.charAt(end))) {
                end++;
            }
        }
        return end < text.length() && text.charAt(end) == ']' ? end + 1 : at;
    }

    /** {@return whether a label ends at an index; "user[token]" ends in none} */
    static boolean endsAt(CharSequence text, int end, int from) {
        int open = end - 2;
        while (open >= from && end - open < LONGEST && (inName(text.charAt(open)) || text.charAt(open) == ':')) {
            open--;
        }
        boolean bracketed = open > from && Character.isLetterOrDigit(text.charAt(open - 1));
        return open >= from && text.charAt(open) == '[' && !bracketed && end(text, open) == end;
    }

    private static boolean inName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
}
