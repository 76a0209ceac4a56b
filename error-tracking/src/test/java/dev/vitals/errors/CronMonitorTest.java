package dev.vitals.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentry.CheckIn;
import io.sentry.MonitorSchedule;
import io.sentry.Sentry;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronMonitorTest {
    private final CronMonitor backup = CronMonitor.of("nightly-backup", MonitorSchedule.crontab("0 3 * * *"))
            .timeZone(ZoneId.of("Europe/Berlin"))
            .margin(Duration.ofMinutes(5))
            .maxRuntime(Duration.ofMinutes(30));

    @Test
    void aJobThatEndsIsInProgressAndThenOk() throws Exception {
        try (Wire wire = Wire.open()) {
            assertThat(backup.<Integer, RuntimeException>call(() -> 42)).isEqualTo(42);

            CheckIn begun = wire.checkIn();
            assertThat(begun.getStatus()).isEqualTo("in_progress");
            assertThat(begun.getMonitorSlug()).isEqualTo("nightly-backup");
            assertThat(Objects.requireNonNull(begun.getMonitorConfig())).satisfies(config -> {
                assertThat(config.getSchedule().getValue()).isEqualTo("0 3 * * *");
                assertThat(config.getTimezone()).isEqualTo("Europe/Berlin");
                assertThat(config.getCheckinMargin()).isEqualTo(5);
                assertThat(config.getMaxRuntime()).isEqualTo(30);
            });
            CheckIn ended = wire.checkIn();
            assertThat(ended.getStatus()).isEqualTo("ok");
            assertThat(ended.getCheckInId()).isEqualTo(begun.getCheckInId());
            assertThat(ended.getDuration()).isBetween(0.0, 20.0);
        }
    }

    @Test
    void aJobThatFailsIsAnErrorAndFailsAllTheSame() throws Exception {
        try (Wire wire = Wire.open()) {
            var failure = new IOException("disk full");

            assertThatThrownBy(() -> backup.<Integer, IOException>call(() -> {
                        throw failure;
                    }))
                    .isSameAs(failure);

            assertThat(wire.checkIn().getStatus()).isEqualTo("in_progress");
            assertThat(wire.checkIn().getStatus()).isEqualTo("error");
        }
    }

    @Test
    void aJobRunsWithoutSentryToo() {
        Sentry.close();
        boolean[] ran = new boolean[1];

        backup.run(() -> ran[0] = true);

        assertThat(ran[0]).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Nightly", "a b", "-a", "a/b"})
    void whatIsNoSlugIsRefused(String slug) {
        MonitorSchedule schedule = MonitorSchedule.crontab("0 3 * * *");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CronMonitor.of(slug, schedule))
                .withMessageContaining("\"" + slug + "\"");
    }

    @Test
    void whatSentryWouldNotUnderstandIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> backup.timeZone(ZoneId.of("+02:00")));
        assertThatIllegalArgumentException().isThrownBy(() -> backup.margin(Duration.ofSeconds(59)));
        assertThatIllegalArgumentException().isThrownBy(() -> backup.maxRuntime(Duration.ZERO));
    }
}
