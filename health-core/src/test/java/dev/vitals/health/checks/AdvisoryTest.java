package dev.vitals.health.checks;

import static dev.vitals.health.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.CheckOptions;
import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.Probe;
import dev.vitals.health.Status;
import java.io.IOException;
import java.lang.management.MemoryUsage;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All built-in checks, each made to fail: which of them may stop traffic by themselves. */
@Timeout(120)
class AdvisoryTest {
    @TempDir
    static Path folder;

    private static Path expired;

    /** A check that is DOWN, and whether that is advice. */
    record Row(HealthCheck down, boolean advisory) {
        @Override
        public String toString() {
            return down.getClass().getSimpleName() + (advisory ? " is advisory" : " stops traffic");
        }
    }

    /** Knows nobody, and takes nothing. */
    private static final class LostStore implements HeartbeatStore {
        @Override
        public void write(String group, String worker, Duration age, Deadline deadline) throws IOException {
            throw new IOException("no connection");
        }

        @Override
        public void remove(String group, String worker, Deadline deadline) throws IOException {
            throw new IOException("no connection");
        }

        @Override
        public List<Duration> ages(String group, Deadline deadline) {
            return List.of();
        }
    }

    @BeforeAll
    static void makeCertificate() throws Exception {
        var keytool = new Keytool(folder);
        expired = keytool.certificate(keytool.keyStore("expired", "-10d", 5), "expired", true);
    }

    static List<Row> rows() throws IOException {
        int closed = Ports.closed();
        URI nobody = URI.create("http://127.0.0.1:" + closed + "/");
        HealthCheck tcp = TcpCheck.of("127.0.0.1", closed);
        HealthCheck backlog = BacklogCheck.of(() -> 5_000).downFrom(5_000);
        var shutDown = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        shutDown.shutdown();
        var full = new MemoryUsage(0, 100, 100, 100);
        var lost = new LostStore();
        var heartbeat = RemoteHeartbeat.of(lost, "invoices", "first");
        heartbeat.beat();
        return List.of(
                new Row(
                        DiskSpaceCheck.of(folder)
                                .enough(Long.MAX_VALUE)
                                .degradedBelow(1)
                                .downBelow(1),
                        true),
                new Row(new MemoryCheck(() -> full, Cgroup.ofThisProcess(), new Limits(0.85, 0.95)), true),
                new Row(new CpuCheck("a test", () -> () -> 1, new Limits(0.9, 0.95), 2), true),
                new Row(ExecutorCheck.of(shutDown), true),
                new Row(backlog, true),
                new Row(heartbeat, true),
                new Row(WorkersCheck.of(lost, "invoices"), true),
                new Row(CertificateCheck.ofFile(expired), true),
                new Row(FileFreshnessCheck.of(folder.resolve("gone")), true),
                new Row(HttpCheck.get(nobody), false),
                new Row(WebSocketCheck.of(URI.create("ws" + nobody.toString().substring(4))), false),
                new Row(tcp, false),
                new Row(DnsCheck.of("nohost.invalid"), false),
                new Row(CompositeCheck.allOf(Map.of("tcp", tcp, "backlog", backlog)), false),
                new Row(CompositeCheck.allOf(Map.of("backlog", backlog, "more", backlog)), true));
    }

    @Test
    void theTableHasAllOfThem() throws Exception {
        var inTable = new TreeSet<String>();
        for (Row row : rows()) {
            inTable.add(row.down().getClass().getSimpleName());
        }
        Path classes = Path.of(HttpCheck.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var built = new TreeSet<String>();
        try (Stream<Path> files =
                Files.list(classes.resolve(HttpCheck.class.getPackageName().replace('.', '/')))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (name.contains("$") || name.equals("package-info")) {
                    continue;
                }
                Class<?> type = Class.forName(HttpCheck.class.getPackageName() + "." + name);
                if (Modifier.isPublic(type.getModifiers()) && HealthCheck.class.isAssignableFrom(type)) {
                    assertThat(type).isFinal();
                    built.add(name);
                }
            }
        }
        assertThat(inTable).isEqualTo(built).hasSize(14);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void itSaysItself(Row row) {
        assertThat(row.down().advisory()).isEqualTo(row.advisory());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatIsAdvisoryOnlyDegradesReadiness(Row row) {
        assertReadiness(row.down(), check -> {}, row.advisory() ? Status.DEGRADED : Status.DOWN);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void unlessItMayStopTraffic(Row row) {
        if (row.advisory()) {
            assertReadiness(row.down(), CheckOptions::mayStopTraffic, Status.DOWN);
        } else {
            assertReadiness(row.down(), CheckOptions::optional, Status.DEGRADED);
        }
    }

    private static void assertReadiness(HealthCheck down, Consumer<CheckOptions> options, Status expected) {
        try (HealthMonitor monitor = HealthMonitor.builder()
                .readiness("failing", down, check -> {
                    check.every(Duration.ofMillis(50)).timeout(Duration.ofSeconds(5));
                    options.accept(check);
                })
                .start()) {
            eventually(() -> monitor.report().checks().get(0).checkedAt() != null
                    && monitor.report().checks().get(0).status() == Status.DOWN);
            eventually(() -> monitor.status(Probe.READINESS) == expected);
            assertThat(monitor.report().checks().get(0).reason()).isNotBlank();
        }
    }

    @Test
    void theCommonPoolIsNotTakenForShutDown() throws Exception {
        assertThat(Given.run(ExecutorCheck.of(ForkJoinPool.commonPool())).status())
                .isEqualTo(Status.UP);
    }
}
