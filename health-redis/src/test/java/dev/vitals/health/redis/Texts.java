package dev.vitals.health.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What real servers have said. */
final class Texts {
    private Texts() {}

    static String read(String name) {
        try (InputStream in = Objects.requireNonNull(Texts.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A text with some lines replaced, or added where they are not there: {@code "maxmemory:100"}. */
    static String with(String text, String... lines) {
        String changed = text;
        for (String line : lines) {
            String name = line.substring(0, line.indexOf(':') + 1);
            changed = changed.lines().filter(known -> !known.startsWith(name)).reduce("", (a, b) -> a + b + "\r\n")
                    + line + "\r\n";
        }
        return changed;
    }
}
