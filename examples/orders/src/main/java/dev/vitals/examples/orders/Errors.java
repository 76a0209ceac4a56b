package dev.vitals.examples.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.errors.ErrorContext;
import dev.vitals.errors.ErrorTracking;
import dev.vitals.errors.ErrorTrackingBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Error reports as the service sets them up: to Sentry, or, without a DSN, into a file that says what would be sent. */
final class Errors implements AutoCloseable {
    private static final String SYMBOL = "order.symbol";

    private final ErrorTracking tracking;
    private final @Nullable PrintStream out;
    private final @Nullable Path file;

    private Errors(ErrorTracking tracking, @Nullable PrintStream out, @Nullable Path file) {
        this.tracking = tracking;
        this.out = out;
        this.file = file;
    }

    static Errors start(@Nullable String dsn, String environment) throws IOException {
        ErrorTrackingBuilder builder = ErrorTracking.builder()
                .environment(environment)
                .releaseOf(Errors.class)
                // Of this process alone: a real service has a key that stays.
                .pseudonymKey(randomKey())
                .fields(SYMBOL);
        if (dsn != null) {
            return new Errors(builder.dsn(dsn).start(), null, null);
        }
        Path file = Files.createTempFile("vitals-orders-errors-", ".txt");
        var out = new PrintStream(Files.newOutputStream(file), true, UTF_8);
        return new Errors(builder.dryRun(out).start(), out, file);
    }

    private static byte[] randomKey() {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        return key;
    }

    ErrorTracking tracking() {
        return tracking;
    }

    /** Whose order it is, as a pseudonym, and what for. */
    void order(String email, String symbol) {
        ErrorContext context = tracking.context();
        context.user(email.isEmpty() ? null : email);
        context.field(SYMBOL, symbol);
    }

    /** Where what would be sent can be read; null where it is sent. */
    @Nullable
    Path file() {
        return file;
    }

    @Override
    public void close() throws IOException {
        tracking.close();
        if (out != null && file != null) {
            out.close();
            Files.deleteIfExists(file);
        }
    }
}
