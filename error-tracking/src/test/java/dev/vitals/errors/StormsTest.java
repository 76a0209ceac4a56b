package dev.vitals.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.errors.Storms.Told;
import dev.vitals.scrubbing.Scrubber;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StormsTest {
    private long now = 42;
    private long content;

    @Test
    void anErrorPassesUntilItsBucketIsEmptyAndAgainOnceRefilled() {
        Storms storms = storms(2, Duration.ofSeconds(10), 100, Duration.ZERO);

        assertThat(passes(storms, 7, 5)).isEqualTo(2);
        after(Duration.ofSeconds(9));
        assertThat(passes(storms, 7, 1)).isZero();
        after(Duration.ofSeconds(1));
        assertThat(passes(storms, 7, 5)).isEqualTo(1);
        after(Duration.ofHours(1));
        assertThat(passes(storms, 7, 5)).isEqualTo(2);
    }

    @Test
    void whatWasHeldBackIsToldWithTheNextOfItsKindAndOnce() {
        Storms storms = storms(1, Duration.ofSeconds(10), 100, Duration.ZERO);
        passes(storms, 7, 4);
        passes(storms, 8, 2);

        after(Duration.ofSeconds(10));

        assertThat(admit(storms, 7)).isEqualTo(new Told(7, 3, 0));
        after(Duration.ofSeconds(10));
        assertThat(admit(storms, 7)).isEqualTo(Told.NOTHING);
        assertThat(storms.untold()).isEqualTo(1);
    }

    @Test
    void allTogetherPassUntilTheirBucketIsEmptyAndTheNextToPassTellsOfThem() {
        Storms storms = storms(10, Duration.ofSeconds(10), 3, Duration.ZERO);

        assertThat(passes(storms, 1, 2) + passes(storms, 2, 2) + passes(storms, 3, 2))
                .isEqualTo(3);
        after(Duration.ofSeconds(20)); // one more: three a minute

        assertThat(admit(storms, 9)).isEqualTo(new Told(9, 0, 3));
        assertThat(admit(storms, 1)).isNull();
    }

    @Test
    void aBucketLosesNothingToTheOneOfAll() {
        Storms storms = storms(1, Duration.ofHours(1), 1, Duration.ZERO);
        admit(storms, 1);
        assertThat(admit(storms, 2)).isNull();

        after(Duration.ofMinutes(1));

        assertThat(admit(storms, 2)).isNotNull();
    }

    @Test
    void theSameContentDoesNotPassTwiceInItsTimeAndTheFirstTellsOfIt() {
        Storms storms = storms(10, Duration.ofSeconds(1), 100, Duration.ofSeconds(2));

        assertThat(storms.admit(new Fingerprints(1, 77))).isEqualTo(Told.NOTHING);
        assertThat(storms.admit(new Fingerprints(2, 77))).isNull();
        after(Duration.ofMillis(1999));
        assertThat(storms.admit(new Fingerprints(2, 77))).isNull();
        assertThat(storms.admit(new Fingerprints(2, 78))).isEqualTo(Told.NOTHING);
        after(Duration.ofMillis(1));
        assertThat(storms.admit(new Fingerprints(1, 77))).isEqualTo(new Told(1, 2, 0));
    }

    @Test
    void contentThatIsNotKnownIsNoDuplicate() {
        Storms storms = storms(10, Duration.ofSeconds(1), 100, Duration.ofSeconds(2));

        assertThat(storms.admit(new Fingerprints(1, 0))).isNotNull();
        assertThat(storms.admit(new Fingerprints(1, 0))).isNotNull();
    }

    @Test
    void whatDidNotGetThroughIsToldAgain() {
        Storms storms = storms(1, Duration.ofSeconds(10), 100, Duration.ZERO);
        passes(storms, 7, 4);
        after(Duration.ofSeconds(10));

        storms.takeBack(admit(storms, 7));
        after(Duration.ofSeconds(10));

        assertThat(admit(storms, 7)).isEqualTo(new Told(7, 3, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 31, 1L << 40, 0x9E37_79B9_7F4A_7C15L})
    void withMoreErrorsThanPlacesNothingIsLost(long step) {
        Storms storms = storms(1, Duration.ofHours(1), 50, Duration.ofSeconds(2));
        long suppressed = 0;
        long told = 0;
        for (int i = 0; i < 20_000; i++) {
            now += 1_000_000;
            Told passed = storms.admit(new Fingerprints(i % 5_000 * step, i % 3_000 * step));
            if (passed == null) {
                suppressed++;
            } else {
                told += passed.same() + passed.others();
            }
        }

        assertThat(suppressed).isGreaterThan(19_000);
        assertThat(told).isPositive();
        assertThat(told + storms.untold()).isEqualTo(suppressed);
    }

    @Test
    void whoGivesWayIsTheOneSeenTheLongestAgo() {
        Storms storms = storms(1, Duration.ofHours(1), 100_000, Duration.ZERO);
        admit(storms, 1);
        for (long error = 2; error < 5_000; error++) {
            now++;
            admit(storms, error);
            now++;
            assertThat(admit(storms, 1)).as("after %d others", error).isNull();
        }
    }

    @Test
    void aClockNearItsEndIsNoTrouble() {
        now = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();
        Storms storms = storms(1, Duration.ofSeconds(10), 100, Duration.ofSeconds(2));

        assertThat(passes(storms, 7, 3)).isEqualTo(1);
        after(Duration.ofSeconds(9));
        assertThat(passes(storms, 7, 3)).isZero();
        after(Duration.ofSeconds(1));
        assertThat(passes(storms, 7, 3)).isEqualTo(1);
    }

    private Storms storms(int perError, Duration refill, int perMinute, Duration duplicates) {
        var settings = new Settings(
                Scrubber.standard(),
                false,
                perError,
                refill,
                perMinute,
                duplicates,
                Set.of(),
                false,
                null,
                Set.of(),
                Set.of());
        return new Storms(settings, () -> now);
    }

    private void after(Duration time) {
        now += time.toNanos();
    }

    private long passes(Storms storms, long error, int times) {
        long passed = 0;
        for (int i = 0; i < times; i++) {
            passed += admit(storms, error) == null ? 0 : 1;
        }
        return passed;
    }

    private Told admit(Storms storms, long error) {
        return storms.admit(new Fingerprints(error, ++content));
    }
}
