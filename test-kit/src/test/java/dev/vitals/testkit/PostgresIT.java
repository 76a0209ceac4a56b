package dev.vitals.testkit;

import static dev.vitals.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What other modules' tests do to databases is really done. */
@Timeout(120)
class PostgresIT {
    @Test
    void aServerComesBackToItsPortAndDataAfterAStopAndAfterAKill() throws Exception {
        long before = folders();
        List<ProcessHandle> last;
        try (Postgres postgres = Postgres.start(Map.of("max_connections", "7"))) {
            int port = postgres.port();
            assertThat(postgres.query("SHOW max_connections")).isEqualTo("7");
            postgres.execute("CREATE TABLE kept AS SELECT 4711 AS number");

            postgres.stop();
            assertThatThrownBy(() -> postgres.query("SELECT 1")).hasMessageContaining("refused");
            postgres.restart();
            assertThat(postgres.query("SELECT number FROM kept")).isEqualTo("4711");

            postgres.execute("UPDATE kept SET number = 4712");
            try (Connection open = postgres.dataSource().getConnection()) {
                List<ProcessHandle> processes = postgres.processes().running();
                assertThat(processes).hasSizeGreaterThan(3);
                postgres.kill();
                assertThat(processes).noneMatch(ProcessHandle::isAlive);
                assertThat(open.isValid(5))
                        .as("a connection to a killed server")
                        .isFalse();
            }
            assertThatThrownBy(() -> postgres.query("SELECT 1")).hasMessageContaining("refused");
            postgres.restart();
            assertThat(postgres.query("SELECT number FROM kept"))
                    .as("committed, then killed")
                    .isEqualTo("4712");
            assertThat(postgres.port()).isEqualTo(port);

            last = postgres.processes().running();
            postgres.freeze();
        }
        assertThat(last).hasSizeGreaterThan(3).noneMatch(ProcessHandle::isAlive);
        assertThat(folders()).isEqualTo(before);
    }

    @Test
    void aReplicaFollowsPausesAndTakesOver() throws Exception {
        long before = folders();
        List<ProcessHandle> last;
        try (Postgres primary = Postgres.start();
                FaultProxy network = FaultProxy.to(primary.port());
                PostgresReplica replica = PostgresReplica.of(primary, network)) {
            primary.execute("CREATE TABLE followed AS SELECT 1 AS number");
            eventually(() -> "1".equals(numbers(replica)), () -> "nothing");
            assertThat(primary.query("SELECT count(*) FROM pg_stat_replication"))
                    .isEqualTo("1");

            replica.pauseReplay();
            primary.execute("INSERT INTO followed VALUES (2)");
            eventually(
                    () -> "t"
                            .equals(replica.server()
                                    .query("SELECT pg_last_wal_receive_lsn() > pg_last_wal_replay_lsn()")),
                    () -> "no lag");
            assertThat(numbers(replica)).isEqualTo("1");
            replica.resumeReplay();
            eventually(() -> "2".equals(numbers(replica)), () -> "nothing more");

            primary.kill();
            replica.promote();
            replica.server().execute("INSERT INTO followed VALUES (3)");
            assertThat(numbers(replica)).isEqualTo("3");
            last = replica.server().processes().running();
        }
        assertThat(last).hasSizeGreaterThan(3).noneMatch(ProcessHandle::isAlive);
        assertThat(folders()).isEqualTo(before);
    }

    private static String numbers(PostgresReplica replica) throws SQLException {
        try {
            return replica.server().query("SELECT max(number) FROM followed");
        } catch (SQLException notThereYet) {
            return "none";
        }
    }

    private static long folders() throws IOException {
        try (Stream<Path> folders = Files.list(Files.createDirectories(Path.of("target", "postgres")))) {
            return folders.count();
        }
    }
}
