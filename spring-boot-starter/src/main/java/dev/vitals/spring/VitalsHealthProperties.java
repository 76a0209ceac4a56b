package dev.vitals.spring;

import dev.vitals.health.DetailsPolicy;
import dev.vitals.health.HealthListener;
import dev.vitals.health.LivenessCheck;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The properties {@code vitals.health.*}. What makes no sense stops the application's start, with a message that says
 * how to mend it.
 *
 * @param details who may read more than a probe's overall status: nobody unless said otherwise
 * @param tokenFile the tokens of those who may, where {@code details} is {@link Details#TOKEN}
 * @param drain how long shutdown waits, with readiness DOWN and requests still served, before anything is stopped.
 *     0 by default: only who runs the application knows how fast its load balancers are and how much time it has to
 *     stop, and every test and restart would wait too. In Kubernetes, 10 s is a good choice
 * @param terminationLog a file that explains a restart, {@code /dev/termination-log} in Kubernetes: see
 *     {@link HealthListener#terminationLog}. None unless said
 * @param liveness what liveness looks at beside the beans
 */
@ConfigurationProperties("vitals.health")
public record VitalsHealthProperties(
        @DefaultValue("denied") Details details,
        @Nullable Path tokenFile,
        @DefaultValue("0s") Duration drain,
        @Nullable Path terminationLog,
        @DefaultValue Liveness liveness) {
    private static final String PREFIX = "vitals.health.";

    /** Who may read details. */
    public enum Details {
        /** Nobody. */
        DENIED,
        /** Everybody who reaches the endpoint. */
        OPEN,
        /** Whoever sends a token of the token file. */
        TOKEN
    }

    /**
     * What liveness looks at beside the beans.
     *
     * @param acceptor whether it fails once nobody accepts connections on the web server's port: see
     *     {@link LivenessCheck#acceptor(java.util.function.IntSupplier)}
     */
    public record Liveness(@DefaultValue("false") boolean acceptor) {}

    DetailsPolicy policy() {
        if (details == Details.TOKEN && tokenFile == null) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + "details", "token", "tokens need a file: set " + PREFIX + "token-file as well");
        }
        if (details != Details.TOKEN && tokenFile != null) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + "token-file",
                    tokenFile,
                    "nobody reads it: set " + PREFIX + "details=token as well, or leave the file out");
        }
        return switch (details) {
            case DENIED -> DetailsPolicy.denied();
            case OPEN -> DetailsPolicy.open();
            case TOKEN -> tokens(tokenFile);
        };
    }

    private static DetailsPolicy tokens(@Nullable Path file) {
        try {
            return DetailsPolicy.token(Objects.requireNonNull(file));
        } catch (IllegalArgumentException unusable) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + "token-file", file, String.valueOf(unusable.getMessage()), unusable);
        }
    }

    @Nullable
    HealthListener terminationLogListener() {
        try {
            return terminationLog == null ? null : HealthListener.terminationLog(terminationLog);
        } catch (IllegalArgumentException unusable) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + "termination-log", terminationLog, String.valueOf(unusable.getMessage()), unusable);
        }
    }

    Duration drainAtLeastZero() {
        if (drain.isNegative()) {
            throw new InvalidConfigurationPropertyValueException(
                    PREFIX + "drain", drain, "a wait is 0 or more, like 10s");
        }
        return drain;
    }
}
