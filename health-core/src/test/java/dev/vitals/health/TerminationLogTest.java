package dev.vitals.health;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written down of changes: in the log, and in the file that explains a restart. */
@Timeout(60)
class TerminationLogTest {
    @TempDir
    private Path folder;

    private final LoggedHealth logged = LoggedHealth.begin();
    private final SimulatedGround ground = new SimulatedGround();

    @AfterEach
    void stop() throws Exception {
        ground.close();
        logged.close();
    }

    @Test
    void changesStandInTheFileOnceNewestFirstAndAHangWithItsFrames() throws Exception {
        Path file = folder.resolve("termination-log");
        var monitor = HealthMonitor.builder()
                .defaults(check -> check.jitter(0))
                .listener(HealthListener.terminationLog(file))
                .readiness("database", deadline -> {
                    if (ground.elapsedSeconds() == 20) {
                        ground.pass(Duration.ofSeconds(40));
                    }
                    return HealthResult.up();
                })
                .start(ground.ground());
        ground.advanceSeconds(15);
        assertThat(lines(file)).singleElement().asString().endsWith(" database is UP");
        ground.advanceSeconds(15);

        List<String> lines = lines(file);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains(" database is DOWN, was UP for 22 s: no answer in 2 s, hangs since 2 s");
        assertThat(lines.get(1)).endsWith(" database is UP");
        assertThat(lines.get(2)).matches("database hangs at \\S+\\.\\S+(, called by \\S+){1,7}");
        ground.advanceSeconds(60);
        assertThat(lines(file)).hasSize(3).first().asString().contains("database is UP, was DOWN for 38 s");
        monitor.close();
    }

    @Test
    void theFileIsWrittenInPlaceAndNeverAboveItsLimit() throws Exception {
        Path file = Files.writeString(folder.resolve("termination-log"), "from before, and longer than what comes\n");
        Path link = Files.createLink(folder.resolve("the-mount"), file);
        var log = new TerminationLog(file);

        log.onChanged(check(Status.UP, null), check(Status.DOWN, "one"));
        assertThat(lines(link))
                .as("the same file")
                .hasSize(1)
                .first()
                .asString()
                .endsWith("check is DOWN, was UP for 0 s: one");
        for (int i = 0; i < 100; i++) {
            log.onChanged(check(Status.UP, null), check(Status.DOWN, "x".repeat(i % 2) + "é".repeat(300) + i));
            String text = Files.readString(link);

            assertThat(text.getBytes(UTF_8)).as("and cut between characters").hasSizeBetween(600, 4_096);
            assertThat(text).contains("é" + i).startsWith("20");
        }
        assertThat(Files.size(link)).isGreaterThan(4_090);
    }

    @Test
    void oneHangAfterTheOtherIsToldOnceEach() throws Exception {
        Path file = folder.resolve("termination-log");
        var log = new TerminationLog(file);
        log.onCompleted(hung(List.of("Socket.read", "Driver.query")));
        var modified = Files.getLastModifiedTime(file);
        Files.writeString(file, "not written again");
        log.onCompleted(hung(List.of("Socket.read", "Driver.query")));
        assertThat(Files.readString(file)).as("nothing is new: %s", modified).isEqualTo("not written again");

        log.onCompleted(hung(List.of("Lock.lock")));
        assertThat(Files.readString(file)).isEqualTo("check hangs at Lock.lock\n");
        log.onCompleted(hung(List.of()));
        assertThat(Files.readString(file)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"none/termination-log", "."})
    void aPlaceThatCannotBeWrittenToIsRefusedAtSetUp(String place) {
        Path file = folder.resolve(place);

        assertThatThrownBy(() -> HealthListener.terminationLog(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot write to \"" + file + "\"");
    }

    @Test
    void aPlaceThatTurnsBadIsComplainedOfOnce() throws Exception {
        Path file = folder.resolve("sub/termination-log");
        Files.createDirectory(file.getParent());
        var log = new TerminationLog(file);
        Files.delete(file.getParent());

        log.onChanged(check(Status.UP, null), check(Status.DOWN, "one"));
        log.onChanged(check(Status.UP, null), check(Status.DOWN, "two"));

        assertThat(logged.lines())
                .containsExactly("ERROR writing the termination log threw java.nio.file.NoSuchFileException");
        Files.createDirectory(file.getParent());
        log.onChanged(check(Status.UP, null), check(Status.DOWN, "three"));
        assertThat(lines(file)).hasSize(3);
    }

    @Test
    void aFullDeviceHarmsNobody() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "a system with /dev/full");
        assertThatThrownBy(() -> new TerminationLog(full)).hasMessageContaining("cannot write to");
    }

    /** Level and line of each change. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "first | UP       | no  | no  | DEBUG check is UP",
                "first | DOWN     | no  | no  | WARN check is DOWN: why",
                "UP    | DOWN     | no  | no  | WARN check is DOWN, was UP for 0 s: why",
                "UP    | DEGRADED | no  | no  | WARN check is DEGRADED, was UP for 0 s: why",
                "DOWN  | UP       | no  | no  | INFO check is UP, was DOWN for 0 s",
                "UP    | DOWN     | yes | no  | INFO check is DOWN, was UP for 0 s: why",
                "DOWN  | DOWN     | no  | no  | WARN check is DOWN: why",
                "UP    | DOWN     | no  | yes | ERROR check is DOWN, was UP for 0 s: why",
            })
    void eachChangeIsOneLine(String before, Status after, String caused, String life, String line) {
        HealthReport.Check was = before.equals("first") ? unknown() : check(Status.valueOf(before), null);
        HealthReport.Check is = check(
                after,
                after == Status.UP ? null : "why",
                caused.equals("yes") ? "database" : null,
                life.equals("yes") ? EnumSet.of(Probe.HEALTH, Probe.LIVENESS) : EnumSet.of(Probe.HEALTH),
                null);

        new TransitionLog().onChanged(was, is);

        assertThat(logged.lines()).containsExactly(line);
    }

    @Test
    void aReasonDoesNotLookLikeALineOfItsOwn() {
        new TransitionLog()
                .onChanged(unknown(), check(Status.DOWN, "one\r\nERROR forged\u2028two\u0085three\u001b[2J"));

        assertThat(logged.lines())
                .singleElement()
                .asString()
                .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u2029]");
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file);
    }

    private static HealthReport.Check unknown() {
        HealthReport.Check known = check(Status.DOWN, "not checked yet");
        return new HealthReport.Check(
                known.name(),
                known.status(),
                true,
                known.probes(),
                known.reason(),
                null,
                false,
                known.since(),
                null,
                null,
                Map.of(),
                List.of(),
                0,
                0,
                0,
                null);
    }

    private static HealthReport.Check hung(List<String> stack) {
        return check(
                Status.DOWN,
                "no answer",
                null,
                EnumSet.of(Probe.HEALTH),
                new HealthReport.Hang(Duration.ofSeconds(5), stack));
    }

    private static HealthReport.Check check(Status status, String reason) {
        return check(status, reason, null, EnumSet.of(Probe.HEALTH), null);
    }

    private static HealthReport.Check check(
            Status status, String reason, String cause, Set<Probe> probes, HealthReport.Hang hang) {
        return new HealthReport.Check(
                "check",
                status,
                true,
                probes,
                reason,
                cause,
                false,
                SimulatedGround.START,
                SimulatedGround.START,
                Duration.ZERO,
                Map.of(),
                List.of(),
                0,
                0,
                0,
                hang);
    }
}
