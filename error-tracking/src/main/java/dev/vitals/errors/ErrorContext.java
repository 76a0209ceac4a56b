package dev.vitals.errors;

import io.sentry.Sentry;
import io.sentry.protocol.User;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an application says about the work at hand, a request's or a job's, so that it stands in the reports of what goes
 * wrong in it: who it is for, and a few facts of the business under names that were agreed upon at set-up. It says so to
 * Sentry's current scope, which is the request's own where {@link HttpServerErrors} watches. Never throws, and does
 * nothing where Sentry is not started. Safe for use by many threads.
 */
public final class ErrorContext {
    private static final int LONGEST = 200;

    private final @Nullable UnaryOperator<String> userId;
    private final Set<String> names;
    private final LongAdder leftOut = new LongAdder();

    ErrorContext(@Nullable UnaryOperator<String> userId, Set<String> names) {
        this.userId = userId;
        this.names = names;
    }

    /**
     * Names the user. A report has a pseudonym of the id, the same for the same user, by the key that {@link
     * ErrorTrackingBuilder#pseudonymKey} was given; without a key it has none. Nothing else about a user is sent.
     *
     * @param id the application's own id of the user, null for nobody
     */
    public void user(@Nullable String id) {
        if (id == null) {
            Sentry.setUser(null);
        } else if (userId == null) {
            leftOut.increment();
        } else {
            var user = new User();
            user.setId(userId.apply(id));
            Sentry.setUser(user);
        }
    }

    /**
     * States a fact of the business, as a tag that can be searched for. Scrubbed like all else, and cut to 200
     * characters, as Sentry does.
     *
     * @param name one of the names that {@link ErrorTrackingBuilder#fields} was given; under any other one nothing is
     *     sent, and {@link #leftOut()} counts it
     * @param value the value; null takes it back
     */
    public void field(String name, @Nullable Object value) {
        if (!names.contains(name)) {
            leftOut.increment();
        } else if (value == null) {
            Sentry.removeTag(name);
        } else {
            String text = String.valueOf(value);
            Sentry.setTag(name, text.length() > LONGEST ? text.substring(0, LONGEST) : text);
        }
    }

    /** {@return how much was said that is not sent: fields that nobody agreed upon, users without a key} */
    public long leftOut() {
        return leftOut.sum();
    }
}
