package dev.vitals.tracing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of a list in a header (RFC 9110, 5.6.1) from its end: each proxy adds its own there, so what stands before
 * the members of those that are trusted is a client's, and is not even looked at.
 */
final class RightToLeft {
    private static final int LONGEST_LINE = 8_192;

    private final List<String> lines;
    private int line;
    /** Where the members of this line that were not taken yet end, -1 where there are none. */
    private int end = -1;

    RightToLeft(List<String> lines) {
        this.lines = lines;
        this.line = lines.size();
    }

    /** The next member that is not empty, without the blanks around it; null where there is none, or a line is too long. */
    @Nullable
    String next() {
        while (true) {
            if (end < 0) {
                if (line == 0 || lines.get(line - 1).length() > LONGEST_LINE) {
                    return null;
                }
                line--;
                end = lines.get(line).length();
            }
            String text = lines.get(line);
            int comma = commaBefore(text, end);
            String member = text.substring(comma + 1, end).strip();
            end = comma;
            if (!member.isEmpty()) {
                return member;
            }
        }
    }

    /** The last comma before there that is in no quotes, -1 where there is none. */
    private static int commaBefore(String text, int end) {
        boolean quoted = false;
        for (int i = end - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (c == '"' && !isEscaped(text, i)) {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isEscaped(String text, int at) {
        int backslash = at;
        while (backslash > 0 && text.charAt(backslash - 1) == '\\') {
            backslash--;
        }
        return (at - backslash) % 2 == 1;
    }
}
