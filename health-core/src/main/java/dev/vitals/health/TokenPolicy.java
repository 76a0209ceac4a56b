package dev.vitals.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.http.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in who sends a token of a file. A request that brings a token has the file looked at again, at most once a
 * second and on another thread: a file system that hangs holds up nobody who asks.
 */
final class TokenPolicy implements DetailsPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(DetailsPolicy.class);
    private static final int SHORTEST = 32;
    private static final int LARGEST_FILE = 8192;
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000L;
    private static final String SCHEME = "Bearer ";

    private record Tokens(FileTime modified, List<byte[]> values) {
        static final Tokens NONE = new Tokens(FileTime.fromMillis(0), List.of());
    }

    private final Path file;
    private final LongSupplier nanoTime;
    private final Executor reader;
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile Tokens tokens;
    private volatile long lookedNanos;

    TokenPolicy(Path file, LongSupplier nanoTime, Executor reader) {
        this.file = file;
        this.nanoTime = nanoTime;
        this.reader = reader;
        this.lookedNanos = nanoTime.getAsLong();
        try {
            this.tokens = read(file);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "the token file " + file
                            + " cannot be read: create it, readable for this process, or leave details denied",
                    unreadable);
        }
    }

    static TokenPolicy of(Path file) {
        return new TokenPolicy(file, System::nanoTime, task -> Threads.daemon("token-file")
                .newThread(task)
                .start());
    }

    @Override
    public boolean allows(Request request) {
        String header = request.header("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] given = header.substring(SCHEME.length()).strip().getBytes(UTF_8);
        boolean known = false;
        for (byte[] token : current().values()) {
            // No short cut: the time taken must not tell which token matched.
            known |= MessageDigest.isEqual(token, given);
        }
        return known;
    }

    private Tokens current() {
        long now = nanoTime.getAsLong();
        if (now - lookedNanos >= LOOK_AGAIN_NANOS && reading.compareAndSet(false, true)) {
            try {
                reader.execute(() -> {
                    try {
                        tokens = readAgain(tokens);
                        lookedNanos = nanoTime.getAsLong();
                    } finally {
                        reading.set(false);
                    }
                });
            } catch (OutOfMemoryError noThread) {
                reading.set(false);
            }
        }
        return tokens;
    }

    private Tokens readAgain(Tokens before) {
        try {
            return Files.getLastModifiedTime(file).equals(before.modified()) ? before : read(file);
        } catch (IOException | IllegalArgumentException unusable) {
            if (!before.values().isEmpty()) {
                LOG.error(
                        "the token file {} cannot be used any more ({}): nobody reads details until it can",
                        file,
                        unusable.getClass().getSimpleName());
            }
            return Tokens.NONE;
        }
    }

    private static Tokens read(Path file) throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        if (Files.size(file) > LARGEST_FILE) {
            throw new IllegalArgumentException("the token file " + file + " is larger than " + LARGEST_FILE + " bytes");
        }
        List<String> lines = Files.readString(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty() || lines.size() > 2 || lines.stream().anyMatch(line -> line.length() < SHORTEST)) {
            throw new IllegalArgumentException(
                    "the token file " + file + " must hold one or two tokens, one a line, of " + SHORTEST
                            + " characters or more; `openssl rand -hex 32` makes one");
        }
        return new Tokens(
                modified, lines.stream().map(line -> line.getBytes(UTF_8)).toList());
    }
}
