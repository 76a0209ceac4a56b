package dev.vitals.errors;

import io.sentry.CheckIn;
import io.sentry.CheckInStatus;
import io.sentry.MonitorConfig;
import io.sentry.MonitorSchedule;
import io.sentry.Sentry;
import io.sentry.protocol.SentryId;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells Sentry's cron monitors that a job has begun, and how it ended: {@code in_progress}, then {@code ok} or {@code
 * error} with the time that it took. The monitor is made, and kept up to date, by what is said here. The job runs
 * whatever becomes of Sentry, and what it throws is thrown on. Immutable and safe for use by many threads.
 *
 * <pre>{@code
 * CronMonitor backup = CronMonitor.of("nightly-backup", MonitorSchedule.crontab("0 3 * * *"))
 *         .timeZone(ZoneId.of("Europe/Berlin"))
 *         .maxRuntime(Duration.ofMinutes(30));
 * backup.run(() -> backUp());
 * }</pre>
 *
 * @see <a href="https://develop.sentry.dev/sdk/telemetry/check-ins/">Check-ins</a>
 */
public final class CronMonitor {
    // A slug as Sentry's pages have it: what else it is sent, it changes.
    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9_-]{0,49}");

    private final String slug;
    private final MonitorSchedule schedule;
    private final @Nullable ZoneId timeZone;
    private final @Nullable Duration margin;
    private final @Nullable Duration maxRuntime;

    private CronMonitor(
            String slug,
            MonitorSchedule schedule,
            @Nullable ZoneId timeZone,
            @Nullable Duration margin,
            @Nullable Duration maxRuntime) {
        this.slug = slug;
        this.schedule = schedule;
        this.timeZone = timeZone;
        this.margin = margin;
        this.maxRuntime = maxRuntime;
    }

    /**
     * {@return a monitor}
     *
     * @param slug its name: lower-case letters, digits, {@code -} and {@code _}, 50 at most
     * @param schedule when the job is to run
     * @throws IllegalArgumentException if the name is none
     */
    public static CronMonitor of(String slug, MonitorSchedule schedule) {
        if (!SLUG.matcher(slug).matches()) {
            throw new IllegalArgumentException("a monitor's slug has lower-case letters, digits, - and _, at most 50: "
                    + "\"" + slug + "\" has not");
        }
        return new CronMonitor(slug, Objects.requireNonNull(schedule, "schedule"), null, null, null);
    }

    /**
     * {@return this monitor, with its schedule in that time zone; UTC unless told}
     *
     * @param zone a region of the IANA's database, such as {@code Europe/Berlin}; Sentry knows no mere offsets
     * @throws IllegalArgumentException if it is none
     */
    public CronMonitor timeZone(ZoneId zone) {
        if (!ZoneId.getAvailableZoneIds().contains(zone.getId())) {
            throw new IllegalArgumentException(
                    "Sentry wants a region such as Europe/Berlin as a time zone, not \"" + zone.getId() + "\"");
        }
        return new CronMonitor(slug, schedule, zone, margin, maxRuntime);
    }

    /**
     * {@return this monitor, that waits so long for a job that is late}
     *
     * @param late how late a job may be before it counts as missed, in whole minutes
     * @throws IllegalArgumentException if it is shorter than a minute
     */
    public CronMonitor margin(Duration late) {
        return new CronMonitor(slug, schedule, timeZone, minutes(late, "margin"), maxRuntime);
    }

    /**
     * {@return this monitor, that gives a job so long}
     *
     * @param longest how long a job may take before it counts as failed, in whole minutes
     * @throws IllegalArgumentException if it is shorter than a minute
     */
    public CronMonitor maxRuntime(Duration longest) {
        return new CronMonitor(slug, schedule, timeZone, margin, minutes(longest, "maxRuntime"));
    }

    private static Duration minutes(Duration duration, String what) {
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException(what + " is counted in minutes, one at least, not " + duration);
        }
        return duration;
    }

    /** A job that may throw. */
    @FunctionalInterface
    public interface Job<T extends @Nullable Object, X extends Exception> {
        /**
         * Does it.
         *
         * @return what it gives
         * @throws X if it fails
         */
        T call() throws X;
    }

    /**
     * Runs a job and tells how it went.
     *
     * @param job the job
     */
    public void run(Runnable job) {
        call(() -> {
            job.run();
            return true;
        });
    }

    /**
     * Runs a job that gives a result, or throws, and tells how it went.
     *
     * @param job the job
     * @param <T> what it gives
     * @param <X> what it throws
     * @return what the job gives
     * @throws X if the job does
     */
    public <T extends @Nullable Object, X extends Exception> T call(Job<T, X> job) throws X {
        SentryId id = tell(null, CheckInStatus.IN_PROGRESS, null);
        long start = System.nanoTime();
        CheckInStatus status = CheckInStatus.ERROR;
        try {
            T result = job.call();
            status = CheckInStatus.OK;
            return result;
        } finally {
            tell(id, status, (System.nanoTime() - start) / 1e9);
        }
    }

    private @Nullable SentryId tell(@Nullable SentryId id, CheckInStatus status, @Nullable Double seconds) {
        try {
            CheckIn checkIn = new CheckIn(id, slug, status);
            checkIn.setDuration(seconds);
            if (id == null) {
                checkIn.setMonitorConfig(config());
            }
            return Sentry.captureCheckIn(checkIn);
        } catch (Throwable failure) { // The job is what matters.
            return null;
        }
    }

    private MonitorConfig config() {
        var config = new MonitorConfig(schedule);
        if (timeZone != null) {
            config.setTimezone(timeZone.getId());
        }
        if (margin != null) {
            config.setCheckinMargin(margin.toMinutes());
        }
        if (maxRuntime != null) {
            config.setMaxRuntime(maxRuntime.toMinutes());
        }
        return config;
    }
}
