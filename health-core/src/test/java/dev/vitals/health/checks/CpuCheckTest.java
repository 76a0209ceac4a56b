package dev.vitals.health.checks;

import static dev.vitals.health.Eventually.eventually;
import static dev.vitals.health.checks.Given.measured;
import static dev.vitals.health.checks.Given.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuCheckTest {
    private double load;

    private CpuCheck check(double degraded, double down, int runs) {
        return new CpuCheck("a test", () -> () -> load, new Limits(degraded, down), runs);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 0.95 0.95, UP UP",
        "3, 0.95 0.95 0.95 0.99, UP UP DEGRADED DEGRADED",
        "3, 0.95 0.95 0.1 0.95 0.95, UP UP UP UP UP",
        "3, 0.95 0.95 NaN 0.95, UP UP UP UP",
        "3, 0.95 0.95 -1 0.95, UP UP UP UP",
        "3, 0.995 0.995 0.995 0.1, UP UP DOWN UP",
        "3, 0.95 0.995 0.995 0.995, UP UP DEGRADED DOWN",
        "1, 0.89 0.9 0.99, UP DEGRADED DOWN",
    })
    void onlyWhatLastsIsTold(int runs, String loads, String statuses) throws Exception {
        CpuCheck check = check(0.9, 0.99, runs);
        List<String> seen = new ArrayList<>();
        for (String one : loads.split(" ", -1)) {
            load = Double.parseDouble(one);
            seen.add(run(check).status().name());
        }

        assertThat(String.join(" ", seen)).isEqualTo(statuses);
    }

    @Test
    void theReasonHasTheFigureAndTheRuns() throws Exception {
        load = 0.975;
        assertThat(run(check(0.9, 1, 1)).reason()).isEqualTo("CPU at 97.5 % by a test");
        CpuCheck twice = check(0.9, 1, 2);
        run(twice);
        assertThat(run(twice).reason()).isEqualTo("CPU at 97.5 % by a test, high in 2 runs in a row");
    }

    @Test
    void optionsBeginAnewAndHold() throws Exception {
        load = 0.5;
        CpuCheck check = check(0.9, Double.POSITIVE_INFINITY, 3);
        assertThat(run(check.degradedFrom(0.5).heldFor(1)).status()).isEqualTo(Status.DEGRADED);
        assertThat(run(check.degradedFrom(0.4).downFrom(0.5).heldFor(1)).status())
                .isEqualTo(Status.DOWN);
        assertThatThrownBy(() -> check.heldFor(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> check.downFrom(0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> check.degradedFrom(90))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 to 1");
    }

    @Test
    void aProcessIsMeasuredFromOneRunToTheNext() {
        var cpu = new AtomicLong(100);
        var now = new AtomicLong(1_000);
        var process = new ProcessLoad(cpu::get, now::get, () -> 2);

        assertThat(process.getAsDouble()).isNaN();
        now.addAndGet(100);
        cpu.addAndGet(50);
        assertThat(process.getAsDouble()).isEqualTo(0.25);
        assertThat(process.getAsDouble()).as("no time has passed").isNaN();
        now.addAndGet(10);
        cpu.addAndGet(100);
        assertThat(process.getAsDouble()).as("clocks that differ a little").isEqualTo(1);
        cpu.set(-1);
        now.addAndGet(10);
        assertThat(process.getAsDouble()).as("a JVM that does not tell").isNaN();
    }

    @Test
    void thisProcessAndThisMachineAreMeasured() throws Exception {
        for (CpuCheck check : List.of(CpuCheck.process(), CpuCheck.system())) {
            run(check);
            var last = new HealthResult[1];
            eventually(() -> {
                last[0] = check.check(Deadline.after(Duration.ofSeconds(1)));
                return !last[0].measurements().isEmpty();
            });
            assertThat(measured(last[0], "cpu.used.ratio")).isBetween(0.0, 1.0);
            assertThat(last[0].details()).containsKey("processors");
        }
    }
}
