package dev.vitals.health.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplayHistoryTest {
    private final ReplayHistory history = new ReplayHistory();

    @Test
    void whoHasReplayedAllHasNoLagHoweverLongAgoTheLastCommitWas() {
        assertThat(history.lag(9_000, true, 500L, 500, 1_000.0)).isZero();
        assertThat(history.lag(9_000, true, 500L, 501, null)).isZero();
    }

    @Test
    void otherwiseTheLastCommitTells() {
        assertThat(history.lag(9_000, true, 600L, 500, 8_955.0)).isEqualTo(45);
    }

    @Test
    void theFirstChangeAfterAQuietHourIsNotAnHourLate() {
        assertThat(history.lag(9_000, true, 500L, 500, 5_400.0)).isZero();

        assertThat(history.lag(9_010, true, 600L, 550, 5_400.0)).isEqualTo(10);
        assertThat(history.lag(9_020, true, 700L, 600, 5_400.0)).isEqualTo(10);
        assertThat(history.lag(9_030, true, 700L, 700, 5_400.0)).isZero();
    }

    @Test
    void whatStandsStillGrowsLate() {
        history.lag(9_000, true, 500L, 500, 5_400.0);

        for (int i = 1; i <= 1_000; i++) {
            assertThat(history.lag(9_000 + i, true, 500L + i, 500, 5_400.0)).isEqualTo(i);
        }
        assertThat(history.lag(10_001, true, 1_501L, 1_501, 5_400.0)).isZero();
    }

    @Test
    void cutOffItIsAsOldAsTheConnection() {
        history.lag(9_000, true, 500L, 500, 5_400.0);

        assertThat(history.lag(9_060, false, 500L, 500, 5_400.0)).isEqualTo(60);
        assertThat(history.lag(9_070, false, null, 500, 5_400.0)).isEqualTo(70);
    }

    @Test
    void withoutAnythingToGoByThereIsNoFigure() {
        assertThat(history.lag(9_000, false, null, 500, null)).isNull();
        assertThat(history.lag(9_010, true, null, 500, null)).isNull();
        assertThat(history.lag(9_020, true, 600L, 500, null)).isNull();
    }

    @Test
    void aClockThatIsAheadMakesNoNegativeLag() {
        assertThat(history.lag(9_000, true, 600L, 500, 9_003.0)).isZero();
    }
}
