package dev.vitals.health.checks;

import static dev.vitals.health.checks.Given.measured;
import static dev.vitals.health.checks.Given.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BacklogCheckTest {
    @ParameterizedTest
    @CsvSource({
        "0, UP",
        "999, UP",
        "1000, DEGRADED",
        "4999, DEGRADED",
        "5000, DOWN",
        "9223372036854775807, DOWN",
        "-1, DOWN"
    })
    void theLongerTheWorse(long waiting, Status status) throws Exception {
        assertThat(run(BacklogCheck.of(() -> waiting).downFrom(5_000)).status()).isEqualTo(status);
    }

    @Test
    void byDefaultALongQueueIsNeverDown() throws Exception {
        HealthResult result = run(BacklogCheck.of(() -> 1_234_567));

        assertThat(result.status()).isEqualTo(Status.DEGRADED);
        assertThat(result.reason()).isEqualTo("1234567 waiting, 1000 are many");
        assertThat(measured(result, "queue.waiting")).isEqualTo(1_234_567);
    }

    @Test
    void aCollectionIsCounted() throws Exception {
        List<String> queue = List.of("a", "b", "c");

        HealthResult result = run(BacklogCheck.of(queue).degradedFrom(3));

        assertThat(result.status()).isEqualTo(Status.DEGRADED);
        assertThat(result.details()).containsEntry("waiting", 3L);
        assertThat(run(BacklogCheck.of(queue::size).degradedFrom(4)).status()).isEqualTo(Status.UP);
    }

    @Test
    void aQueueKeptElsewhereIsAskedWithTheTimeThereIs() throws Exception {
        BacklogCheck check = BacklogCheck.from(deadline -> deadline.remaining().toSeconds());

        assertThat(run(check, 7_500).details()).containsEntry("waiting", 7L);
    }

    @Test
    void aQueueThatCannotBeAskedSaysWhy() throws Exception {
        BacklogCheck check = BacklogCheck.from(deadline -> {
            throw new UnavailableException("no answer in time");
        });

        assertThat(run(check)).isEqualTo(HealthResult.down("no answer in time"));
        assertThat(run(BacklogCheck.from(deadline -> {
                    throw UnavailableException.notAsked("not asked: pool exhausted");
                })))
                .isEqualTo(HealthResult.degraded("not asked: pool exhausted"));
    }

    @Test
    void whatIsNotCountedFurtherIsManyFromThereOn() throws Exception {
        var limited = new BacklogCheck.Source() {
            @Override
            public long waiting(Deadline deadline) {
                return 100;
            }

            @Override
            public long most() {
                return 100;
            }
        };

        assertThat(run(BacklogCheck.from(limited)).status()).isEqualTo(Status.DEGRADED);
        assertThatThrownBy(() -> BacklogCheck.from(limited).degradedFrom(101))
                .hasMessageContaining("degradedFrom(101) would never be reached");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        BacklogCheck check = BacklogCheck.of(() -> 0);
        assertThatThrownBy(() -> check.degradedFrom(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 at the least");
        assertThatThrownBy(() -> check.downFrom(10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DEGRADED must begin first");
        assertThatThrownBy(() -> BacklogCheck.of((Collection<?>) null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BacklogCheck.from(null)).isInstanceOf(IllegalArgumentException.class);
    }
}
