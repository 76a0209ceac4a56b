package dev.vitals.errors;

import dev.vitals.scrubbing.Scrubber;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the application chose.
 *
 * @param scrubber takes out what is private
 * @param attachments whether attachments are sent, as they are
 * @param perError how many of one error are sent at once
 * @param refill how long it takes until one more of that error is sent
 * @param perMinute how many errors are sent in a minute, all together
 * @param duplicates for how long an error with the same content as one before is not sent again
 * @param ignored exceptions that are counted and not sent, those that extend them too
 * @param stableFingerprints whether errors are grouped by what they have in common, without ids and numbers
 * @param userId makes of a user's id what is sent; null where nobody's is
 * @param fields the names of the business fields that are sent
 * @param noisyLoggers loggers whose breadcrumbs are left out
 */
record Settings(
        Scrubber scrubber,
        boolean attachments,
        int perError,
        Duration refill,
        int perMinute,
        Duration duplicates,
        Set<Class<? extends Throwable>> ignored,
        boolean stableFingerprints,
        @Nullable UnaryOperator<String> userId,
        Set<String> fields,
        Set<String> noisyLoggers) {}
