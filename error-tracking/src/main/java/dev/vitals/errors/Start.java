package dev.vitals.errors;

import io.sentry.SentryOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a Sentry is started with where the application has none of its own. Used by one thread. */
final class Start {
    private static final String PRODUCTION = "production";

    @Nullable
    String dsn;

    @Nullable
    String environment;

    @Nullable
    String release;

    @Nullable
    PrintStream dryRun;

    @Nullable
    Consumer<? super SentryOptions> own;

    @Nullable
    Path cache;

    int cached;
    boolean releaseHealth;

    boolean isAsked() {
        return dsn != null
                || environment != null
                || release != null
                || dryRun != null
                || own != null
                || cache != null
                || releaseHealth;
    }

    SentryOptions options() {
        var options = new SentryOptions();
        options.setEnableExternalConfiguration(dryRun == null);
        options.setDsn(dsn);
        options.setEnvironment(environment);
        options.setRelease(release);
        options.setAttachServerName(false);
        boolean production = PRODUCTION.equals(environment());
        options.setTracesSampleRate(production ? 0.1 : 1.0);
        if (profiles(SentryOptions.class.getClassLoader())) {
            options.setProfileSessionSampleRate(production ? 0.05 : 1.0);
        }
        if (cache != null) {
            options.setCacheDirPath(cache.toString());
            options.setMaxCacheItems(cached);
        }
        if (dryRun != null) {
            PrintStream out = dryRun;
            options.setDsn(DryRun.DSN);
            options.setTransportFactory((ready, details) -> new DryRun(out, ready::getSerializer));
        }
        if (own != null) {
            own.accept(options);
        }
        return options;
    }

    /** Where nothing profiles, a rate makes Sentry make a folder for profiles all the same. */
    static boolean profiles(ClassLoader loader) {
        return loader.getResource("META-INF/services/io.sentry.profiling.JavaContinuousProfilerProvider") != null;
    }

    /** As Sentry will find it: what is said outside of the program goes first. */
    private String environment() {
        String said = System.getProperty("sentry.environment", System.getenv("SENTRY_ENVIRONMENT"));
        if (said != null && dryRun == null) {
            return said;
        }
        return environment == null ? PRODUCTION : environment;
    }
}
