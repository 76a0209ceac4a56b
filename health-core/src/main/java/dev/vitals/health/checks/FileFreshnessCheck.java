package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a file that something writes regularly is there, young enough and large enough: a backup above all. DOWN when it
 * is not. Advisory. Immutable, safe for use by many threads.
 *
 * <pre>{@code
 * .observe("backup", FileFreshnessCheck.newestOf(Path.of("/var/backups"), "orders-*.dump")
 *     .notOlderThan(Duration.ofHours(26))
 *     .atLeastBytes(1_000_000))
 * }</pre>
 *
 * <p>The default age is 25 hours, so that what is written once a day may take an hour longer; any size but 0 will do. A file
 * that is dated more than 5 minutes ahead is DOWN: it would look fresh for too long. Of a directory, the newest regular file
 * whose name matches is looked at, whatever is beside it.
 *
 * <p>Measures {@code file.age} (s) and {@code file.size} (By).
 *
 * @see java.nio.file.FileSystem#getPathMatcher the syntax of globs
 */
public final class FileFreshnessCheck implements HealthCheck {
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final Path path;
    private final @Nullable PathMatcher names;
    private final Duration longest;
    private final long least;
    private final Clock clock;

    private FileFreshnessCheck(Path path, @Nullable PathMatcher names, Duration longest, long least, Clock clock) {
        this.path = path;
        this.names = names;
        this.longest = longest;
        this.least = least;
        this.clock = clock;
    }

    /**
     * {@return a check of one file}
     *
     * @param file the file; a link is followed
     * @throws IllegalArgumentException if there is none
     */
    public static FileFreshnessCheck of(@Nullable Path file) {
        Path given = Options.given(file, "the file is null: name it, such as Path.of(\"/var/backups/orders.dump\")");
        return new FileFreshnessCheck(given, null, Duration.ofHours(25), 1, Clock.systemUTC());
    }

    /**
     * {@return a check of the newest file in a directory, not below it}
     *
     * @param directory the directory
     * @param glob what the file's name looks like, {@code orders-*.dump} for instance
     * @throws IllegalArgumentException if there is no directory, or the glob is not well formed
     */
    public static FileFreshnessCheck newestOf(@Nullable Path directory, String glob) {
        Path given = Options.given(directory, "the directory is null: name it, such as Path.of(\"/var/backups\")");
        try {
            PathMatcher names = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            return new FileFreshnessCheck(given, names, Duration.ofHours(25), 1, Clock.systemUTC());
        } catch (PatternSyntaxException broken) {
            throw new IllegalArgumentException(
                    "\"" + glob + "\" is no glob (" + broken.getDescription()
                            + "): write one such as \"orders-*.dump\"",
                    broken);
        }
    }

    /**
     * {@return this check with another longest age}
     *
     * @param age above zero
     * @throws IllegalArgumentException if the age is not above zero, or above ten years
     */
    public FileFreshnessCheck notOlderThan(Duration age) {
        return new FileFreshnessCheck(path, names, Options.aboveZero(age, "notOlderThan"), least, clock);
    }

    /**
     * {@return this check with another least size}
     *
     * @param bytes in bytes; 0 for any
     * @throws IllegalArgumentException if the size is negative
     */
    public FileFreshnessCheck atLeastBytes(long bytes) {
        return new FileFreshnessCheck(path, names, longest, Options.atLeast(0, bytes, "atLeastBytes"), clock);
    }

    FileFreshnessCheck at(Clock other) {
        return new FileFreshnessCheck(path, names, longest, least, other);
    }

    @Override
    public boolean advisory() {
        return true;
    }

    private record Found(Path file, Instant modified, long size) {}

    @Override
    public HealthResult check(Deadline deadline) {
        try {
            PathMatcher wanted = names;
            Found found = wanted == null ? look(path) : newest(wanted, deadline);
            if (found == null) {
                return HealthResult.down(wanted == null ? "that is no file" : "no such file in the directory");
            }
            return judge(found);
        } catch (NoSuchFileException missing) {
            return HealthResult.down("is not there").withDetail("path", path.toString());
        } catch (NotDirectoryException file) {
            return HealthResult.down("that is no directory").withDetail("path", path.toString());
        } catch (IOException failure) {
            return HealthResult.down(
                            "cannot be looked at: " + failure.getClass().getSimpleName())
                    .withDetail("path", path.toString());
        }
    }

    private HealthResult judge(Found found) {
        Duration age = Duration.between(found.modified(), clock.instant());
        String reason = reason(age, found.size());
        HealthResult result = reason == null ? HealthResult.up() : HealthResult.down(reason);
        return result.withDetail("file", found.file().toString())
                .withDetail("modified", found.modified().toString())
                .withDetail("bytes", found.size())
                .withMeasurement("file.age", "s", age.toMillis() / 1000.0)
                .withMeasurement("file.size", "By", (double) found.size());
    }

    private @Nullable String reason(Duration age, long size) {
        if (age.compareTo(longest) > 0) {
            return Text.time(age) + " old, " + Text.time(longest) + " at the most";
        }
        if (age.compareTo(CLOCKS_DIFFER.negated()) < 0) {
            return "dated " + Text.time(age.negated()) + " ahead";
        }
        return size >= least ? null : Text.bytes(size) + " large, " + Text.bytes(least) + " at the least";
    }

    private static @Nullable Found look(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.isRegularFile()
                ? new Found(file, attributes.lastModifiedTime().toInstant(), attributes.size())
                : null;
    }

    private @Nullable Found newest(PathMatcher wanted, Deadline deadline) throws IOException {
        Found newest = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, file -> wanted.matches(file.getFileName()))) {
            for (Path file : files) {
                if (deadline.isExpired() || Thread.currentThread().isInterrupted()) {
                    throw new IOException("too many files for the time there is");
                }
                Found found = lookIfThere(file);
                if (found != null && (newest == null || found.modified().isAfter(newest.modified()))) {
                    newest = found;
                }
            }
        } catch (java.nio.file.DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        return newest;
    }

    /** A file may be gone between being listed and being looked at, when old ones are tidied away. */
    private static @Nullable Found lookIfThere(Path file) throws IOException {
        try {
            return look(file);
        } catch (NoSuchFileException gone) {
            return null;
        }
    }
}
