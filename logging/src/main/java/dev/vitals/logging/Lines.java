package dev.vitals.logging;

import dev.vitals.scrubbing.Scrubber;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The lines of one appender, as text, after everything that stands in an event has been written into them. */
final class Lines {
    private static final String UNSCRUBBABLE = "[unscrubbable]";

    /** Scrubbing it fails and is counted, as it is with a line that could not be written. */
    private static final Object UNWRITABLE = new Object() {
        @Override
        public String toString() {
            throw new UnsupportedOperationException();
        }
    };

    private final Scrubber scrubber;
    private final boolean usable;

    Lines(Scrubber scrubber) {
        this(scrubber, true);
    }

    private Lines(Scrubber scrubber, boolean usable) {
        this.scrubber = Objects.requireNonNull(scrubber, "the scrubber must not be null");
        this.usable = usable;
    }

    /**
     * Lines with the scrubber that an application supplies. Where it cannot be had, no line passes: one that finds less
     * must not step in for it.
     *
     * @param supplier the name of a public class with a public constructor without parameters, a {@code
     *     Supplier<Scrubber>}
     * @param error where to say that it cannot be had
     */
    static Lines scrubbedBy(String supplier, BiConsumer<String, Throwable> error) {
        try {
            Object made = load(supplier).getConstructor().newInstance();
            return new Lines((Scrubber) ((Supplier<?>) made).get());
        } catch (ReflectiveOperationException | RuntimeException | LinkageError failure) {
            error.accept(
                    "There is no scrubber, and every line will be [unscrubbable]: make " + supplier + " a public class"
                            + " with a public constructor without parameters that implements Supplier<Scrubber>",
                    failure);
            return new Lines(Scrubber.standard(), false);
        }
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        try {
            return Class.forName(name, true, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException notThere) {
            return Class.forName(name);
        }
    }

    /** {@return the line scrubbed, the same instance where there was nothing, null where that failed} */
    @Nullable
    String scrub(String line) {
        if (!usable) {
            count();
            return null;
        }
        String scrubbed = isJson(line) ? scrubber.scrubJson(line) : scrubber.scrub(line);
        if (scrubbed.equals(line)) {
            return line;
        }
        if (scrubbed.equals(UNSCRUBBABLE)) {
            return null;
        }
        String end = line.substring(endOfText(line));
        return scrubbed.endsWith(end) ? scrubbed : scrubbed + end;
    }

    /** Counts a line that could not be written, where the scrubber counts what it cannot scrub. */
    void count() {
        scrubber.scrubValue("line", UNWRITABLE);
    }

    /** {@return what stands for a line that could not be written or scrubbed; nothing in it is the event's text} */
    String instead(boolean json, long epochMillis, String level, String logger) {
        String form = json
                ? "{\"@timestamp\":\"%s\",\"level\":\"%s\",\"logger\":\"%s\",\"message\":\"%s\"}\n"
                : "%s %s %s %s\n";
        return form.formatted(
                Instant.ofEpochMilli(epochMillis), nameOrDash(level), nameOrDash(scrubber.scrub(logger)), UNSCRUBBABLE);
    }

    /** A line that a JSON layout wrote: one object, and what ends the line. */
    static boolean isJson(String line) {
        int end = endOfText(line);
        return end > 1 && line.charAt(0) == '{' && line.charAt(end - 1) == '}';
    }

    private static int endOfText(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) <= ' ') {
            end--;
        }
        return end;
    }

    /** A level's or a class's name says nothing private; whatever else a logger goes by, might. */
    private static String nameOrDash(String name) {
        return name.chars().allMatch(c -> c == '.' || Character.isJavaIdentifierPart(c)) ? name : "-";
    }
}
