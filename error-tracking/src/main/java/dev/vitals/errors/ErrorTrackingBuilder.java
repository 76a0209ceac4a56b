package dev.vitals.errors;

import static java.util.Objects.requireNonNull;

import dev.vitals.scrubbing.Kind;
import dev.vitals.scrubbing.Replacement;
import dev.vitals.scrubbing.Scrubber;
import io.sentry.Sentry;
import io.sentry.SentryOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Builds {@link ErrorTracking}. Used by one thread. */
public final class ErrorTrackingBuilder {
    private static final Kind USER = Kind.of("user");
    // As Sentry takes them: what else a tag's name is, it drops.
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_.:-]{1,32}");

    private Scrubber scrubber = Scrubber.standard();
    private boolean attachments;
    private int perError = 5;
    private Duration refill = Duration.ofMinutes(1);
    private int perMinute = 100;
    private Duration duplicates = Duration.ofSeconds(2);
    private final Set<Class<? extends Throwable>> ignored = new HashSet<>(Ignored.STANDARD);
    private boolean stableFingerprints;
    private @Nullable UnaryOperator<String> userId;
    private final Set<String> fields = new HashSet<>();
    private final Set<String> noisyLoggers = new HashSet<>();

    private final Start start = new Start();

    ErrorTrackingBuilder() {}

    /**
     * Names the scrubber, {@link Scrubber#standard()} unless told otherwise.
     *
     * @param scrubber takes out what is private
     * @return this
     */
    public ErrorTrackingBuilder scrubber(Scrubber scrubber) {
        this.scrubber = requireNonNull(scrubber, "scrubber");
        return this;
    }

    /**
     * Sends attachments, as they are: they are not looked into. Left out unless called.
     *
     * @return this
     */
    public ErrorTrackingBuilder sendAttachments() {
        this.attachments = true;
        return this;
    }

    /**
     * Bounds how often one error is sent; 5 at once and one more a minute unless called.
     *
     * @param burst how many of it are sent at once, from 1 to 10,000
     * @param refill how long it takes until one more is sent, above zero and at most a day
     * @return this
     * @throws IllegalArgumentException if one of them is out of its bounds
     */
    public ErrorTrackingBuilder perError(int burst, Duration refill) {
        this.perError = within(burst, 10_000, "burst");
        if (refill.isZero()) {
            throw new IllegalArgumentException("refill is zero, which bounds nothing: name a time such as a minute");
        }
        this.refill = upToADay(refill, "refill");
        return this;
    }

    /**
     * Bounds how many errors are sent, all together: so many at once, and as many more in each minute; 100 unless called.
     *
     * @param errors from 1 to 10,000,000
     * @return this
     * @throws IllegalArgumentException if it is out of its bounds
     */
    public ErrorTrackingBuilder perMinute(int errors) {
        this.perMinute = within(errors, 10_000_000, "perMinute");
        return this;
    }

    /**
     * Says for how long an error with the same content as one that was sent is not sent again; 2 seconds unless called.
     * Whatever wraps the same root cause has the same content.
     *
     * @param window at most a day; zero sends them all
     * @return this
     * @throws IllegalArgumentException if it is negative or above a day
     */
    public ErrorTrackingBuilder duplicatesWithin(Duration window) {
        this.duplicates = upToADay(window, "duplicatesWithin");
        return this;
    }

    /**
     * Counts exceptions of a class, and of those that extend it, without sending them; those too that come in a wrapper
     * which says nothing itself, such as an {@link java.util.concurrent.ExecutionException}.
     *
     * @param type the class
     * @return this
     */
    public ErrorTrackingBuilder ignore(Class<? extends Throwable> type) {
        ignored.add(requireNonNull(type, "type"));
        return this;
    }

    private static int within(int value, int most, String name) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ": choose 1 to " + most);
        }
        return value;
    }

    private static Duration upToADay(Duration value, String name) {
        if (value.isNegative() || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(name + " is " + value + ": choose a time up to a day");
        }
        return value;
    }

    /**
     * Sends a pseudonym of each user's id, made by HMAC-SHA-256 with this key: {@link ErrorContext#user}.
     *
     * @param key the application's secret, at least 32 bytes from a random source; copied
     * @return this
     * @throws IllegalArgumentException if the key is shorter
     * @see Replacement#pseudonym(byte[])
     */
    public ErrorTrackingBuilder pseudonymKey(byte[] key) {
        Replacement pseudonym = Replacement.pseudonym(key);
        this.userId = id -> pseudonym.replace(USER, id);
        return this;
    }

    /**
     * Sends users' ids as they are, but for what the scrubber finds in them: an email address is none.
     *
     * @return this
     */
    public ErrorTrackingBuilder rawUserIds() {
        this.userId = id -> id;
        return this;
    }

    /**
     * Names the business fields that are sent as tags: {@link ErrorContext#field}. None others are.
     *
     * @param names their names: letters, digits, {@code _ . : -}, at most 32
     * @return this
     * @throws IllegalArgumentException if one is no name of a tag, or the scrubber would redact whatever it holds
     */
    public ErrorTrackingBuilder fields(String... names) {
        for (String name : names) {
            if (!TAG.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "a field becomes a tag, whose name has letters, digits and _ . : -, at most 32: \"" + name
                                + "\" has not");
            }
            if (scrubber.isSensitiveKey(name)) {
                throw new IllegalArgumentException("whatever a field \"" + name
                        + "\" holds would be redacted: take another name, or a scrubber with ordinaryKeys(\"" + name
                        + "\"), named before this");
            }
            fields.add(name);
        }
        return this;
    }

    /**
     * Groups errors by what they have in common, as their fingerprint: classes and the application's frames, or the
     * template of a message, without numbers and ids, and without the names of generated classes. Unless called, grouping
     * is Sentry's own; where this is called later, known issues come anew. A fingerprint of the application's stays.
     *
     * @return this
     */
    public ErrorTrackingBuilder stableFingerprints() {
        this.stableFingerprints = true;
        return this;
    }

    /**
     * Names loggers whose breadcrumbs lead nowhere, with those below them: they are left out of reports, as requests for
     * health and metrics are.
     *
     * @param names of loggers, for example {@code org.apache.kafka}
     * @return this
     */
    public ErrorTrackingBuilder noisyLoggers(String... names) {
        noisyLoggers.addAll(Set.of(names));
        return this;
    }

    /**
     * Names where reports go. For {@link #start()} alone.
     *
     * @param dsn Sentry's DSN of the project
     * @return this
     */
    public ErrorTrackingBuilder dsn(String dsn) {
        start.dsn = requireNonNull(dsn, "dsn");
        return this;
    }

    /**
     * Names the environment, {@code production} unless told. For {@link #start()} alone.
     *
     * @param environment Sentry's environment
     * @return this
     */
    public ErrorTrackingBuilder environment(String environment) {
        start.environment = requireNonNull(environment, "environment");
        return this;
    }

    /**
     * Names the release. For {@link #start()} alone.
     *
     * @param release Sentry's release, {@code name@version}
     * @return this
     */
    public ErrorTrackingBuilder release(String release) {
        start.release = requireNonNull(release, "release");
        return this;
    }

    /**
     * Takes the release from where the application says it: title and version in its jar's manifest, the commit in {@code
     * git.properties}. For {@link #start()} alone.
     *
     * @param application a class of the application's
     * @return this
     */
    public ErrorTrackingBuilder releaseOf(Class<?> application) {
        start.release = Release.of(application);
        return this;
    }

    /**
     * Keeps what could not be sent on disk, and sends it after the next start. For {@link #start()} alone.
     *
     * @param folder a folder of this process's own
     * @param reports how many are kept at most; the oldest go
     * @return this
     * @throws IllegalArgumentException if none would be kept
     */
    public ErrorTrackingBuilder cache(Path folder, int reports) {
        if (reports < 1) {
            throw new IllegalArgumentException("one report is kept at least, not " + reports);
        }
        start.cache = requireNonNull(folder, "folder");
        start.cached = reports;
        return this;
    }

    /**
     * Reports the process as a session, from its start to its end, and whether errors or a crash were in it. For {@link
     * #start()} alone.
     *
     * @return this
     */
    public ErrorTrackingBuilder releaseHealth() {
        start.releaseHealth = true;
        return this;
    }

    /**
     * Sets whatever else Sentry has options for, after all that this builder sets. For {@link #start()} alone.
     *
     * @param own sets them
     * @return this
     */
    public ErrorTrackingBuilder options(Consumer<? super SentryOptions> own) {
        start.own = requireNonNull(own, "own");
        return this;
    }

    /**
     * Writes what would be sent instead of sending it. For {@link #start()} alone.
     *
     * @param out where to
     * @return this
     */
    public ErrorTrackingBuilder dryRun(PrintStream out) {
        start.dryRun = requireNonNull(out, "out");
        return this;
    }

    /**
     * Installs it on the application's own options.
     *
     * @param options the application's own, before {@code Sentry.init} returns; installing twice changes nothing
     * @return what is installed
     * @throws IllegalArgumentException if this builder has what belongs into the options
     */
    public ErrorTracking install(SentryOptions options) {
        if (start.isAsked()) {
            throw new IllegalArgumentException("DSN, environment, release, cache, release health, dry run and other"
                    + " options are the application's own where it has options: set them there, or call start()");
        }
        return ErrorTracking.install(requireNonNull(options, "options"), settings());
    }

    ErrorTracking install(SentryOptions options, boolean gateFits, LongSupplier nanoTime) {
        return ErrorTracking.install(options, settings(), gateFits, nanoTime);
    }

    /**
     * Starts Sentry with it: no personal data by default, neither threads nor the server's name, all errors, in production
     * one transaction in ten and one profile in twenty where the SDK profiles, elsewhere all of them. What {@code
     * SENTRY_DSN} and the like say in the environment, or {@code sentry.properties}, goes before all that.
     *
     * @return what is started; closing it ends Sentry
     * @throws IllegalArgumentException if there is no DSN
     */
    public ErrorTracking start() {
        SentryOptions options = start.options();
        ErrorTracking tracking = ErrorTracking.install(options, settings());
        Sentry.init(options);
        tracking.started(start.releaseHealth);
        return tracking;
    }

    private Settings settings() {
        return new Settings(
                scrubber,
                attachments,
                perError,
                refill,
                perMinute,
                duplicates,
                Set.copyOf(ignored),
                stableFingerprints,
                userId,
                Set.copyOf(fields),
                Set.copyOf(noisyLoggers));
    }
}
