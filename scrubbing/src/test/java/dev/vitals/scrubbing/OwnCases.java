package dev.vitals.scrubbing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The texts of {@code private.txt} and {@code harmless.txt}: one a line, {@code ⇥} for a tab, {@code ⏎} for the end of
 * a line and {@code ¦} for nothing inside, and behind {@code ⇒} what must be left. A line that begins with {@code #} says what follows.
 */
final class OwnCases {
    private static final String ARROW = " ⇒ ";

    /** One of them; what is expected of a harmless one is itself. */
    record Case(String file, int line, String text, String expected) {
        boolean harmless() {
            return text.equals(expected);
        }

        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    private OwnCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>(read("private.txt"));
        cases.addAll(read("harmless.txt"));
        return cases;
    }

    static List<Case> read(String file) {
        List<Case> cases = new ArrayList<>();
        int number = 0;
        for (String line : text(file).lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("# ")) {
                continue;
            }
            String[] pair = line.split(ARROW, 2);
            cases.add(new Case(file, number, unfolded(pair[0]), unfolded(pair[pair.length - 1])));
        }
        return cases;
    }

    private static String text(String file) {
        try (InputStream in = Objects.requireNonNull(OwnCases.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String unfolded(String line) {
        return line.replace('⇥', '\t').replace('⏎', '\n').replace("¦", "");
    }
}
