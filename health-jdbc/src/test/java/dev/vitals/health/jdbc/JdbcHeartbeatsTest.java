package dev.vitals.health.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Deadline;
import dev.vitals.health.checks.UnavailableException;
import dev.vitals.testkit.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JdbcHeartbeatsTest {
    private static Postgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = Postgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(5));
    }

    private static JdbcHeartbeats heartbeats(String table) throws SQLException {
        return JdbcHeartbeats.of(postgres.dataSource()).table(table).createTable();
    }

    @Test
    void theAgeOfEachWorkerOfAGroupIsTold() throws Exception {
        JdbcHeartbeats beats = heartbeats("told").createTable();

        assertThat(beats.ages("invoices", soon())).isEmpty();
        beats.write("invoices", "one", Duration.ofSeconds(40), soon());
        beats.write("invoices", "two", Duration.ZERO, soon());
        beats.write("mails", "one", Duration.ofHours(1), soon());
        assertThat(beats.ages("invoices", soon()).stream().sorted())
                .satisfiesExactly(
                        age -> assertThat(age).isBetween(Duration.ZERO, Duration.ofSeconds(30)),
                        age -> assertThat(age).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(70)));

        beats.write("invoices", "one", Duration.ofSeconds(100), soon());
        assertThat(beats.ages("invoices", soon())).hasSize(2).anySatisfy(age -> assertThat(age)
                .isBetween(Duration.ofSeconds(100), Duration.ofSeconds(130)));

        beats.remove("invoices", "one", soon());
        beats.remove("invoices", "never there", soon());
        assertThat(beats.ages("invoices", soon())).hasSize(1);
        assertThat(beats.ages("mails", soon())).hasSize(1);
    }

    @Test
    void manyThatBeginAtOnceMakeOneRowEach() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            var tasks = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 16; i++) {
                String worker = "worker " + i % 2;
                tasks.add(() -> {
                    heartbeats("raced").write("g", worker, Duration.ZERO, soon());
                    return true;
                });
            }
            for (Future<Boolean> done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(heartbeats("raced").ages("g", soon())).hasSize(2);
    }

    @Test
    void whoInsertsSecondUpdates() throws Exception {
        for (boolean autoCommit : new boolean[] {true, false}) {
            String table = "second_" + autoCommit;
            JdbcHeartbeats first = heartbeats(table);
            try (Connection connection = postgres.dataSource().getConnection()) {
                connection.setAutoCommit(autoCommit);
                // Between the update that finds nothing and the insert, another inserts.
                var second = JdbcHeartbeats.of(Sources.beforeStatement(
                                connection, "INSERT INTO", () -> first.write("g", "w", Duration.ofHours(1), soon())))
                        .table(table);
                second.write("g", "w", Duration.ofSeconds(7), soon());
            }
            assertThat(first.ages("g", soon())).singleElement().satisfies(age -> assertThat(age)
                    .isBetween(Duration.ofSeconds(7), Duration.ofSeconds(37)));
        }
    }

    @Test
    void whatIsOlderThanADayIsDeletedByWhoWrites() throws Exception {
        JdbcHeartbeats beats = heartbeats("pruned");
        beats.write("g", "kept", Duration.ofHours(23), soon());
        postgres.execute("INSERT INTO pruned VALUES ('other', 'old', 4711)");

        beats.write("g", "live", Duration.ZERO, soon());
        assertThat(beats.ages("other", soon())).as("once an hour is enough").hasSize(1);

        heartbeats("pruned").write("g", "live", Duration.ZERO, soon());
        assertThat(beats.ages("other", soon())).isEmpty();
        assertThat(beats.ages("g", soon())).hasSize(2);
    }

    @Test
    void whoMayNotDeleteWritesAllTheSame() throws Exception {
        heartbeats("limited");
        postgres.execute("GRANT SELECT, INSERT, UPDATE ON limited TO " + Postgres.GUEST);
        JdbcHeartbeats guest = JdbcHeartbeats.of(postgres.dataSource(Postgres.GUEST, Postgres.PASSWORD))
                .table("limited");

        guest.write("g", "w", Duration.ZERO, soon());

        assertThat(guest.ages("g", soon())).hasSize(1);
        assertThatThrownBy(() -> guest.remove("g", "w", soon()))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("not permitted");
    }

    @Test
    void aBeatIsCommittedAlsoWhereThatIsNotDoneByItself() throws Exception {
        JdbcHeartbeats beats = heartbeats("committed");
        try (Connection connection = postgres.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            JdbcHeartbeats.of(Sources.carelesslyPooling(connection))
                    .table("committed")
                    .write("g", "w", Duration.ZERO, soon());

            assertThat(beats.ages("g", soon())).hasSize(1);
            assertThat(postgres.backends("idle in transaction%")).isZero();
        }
    }

    @Test
    void anotherMachineWithAnotherClockAndZoneSeesTheSameAge() throws Exception {
        JdbcHeartbeats beats = heartbeats("zones");
        try (Connection connection = postgres.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'Asia/Kolkata'");
            JdbcHeartbeats.of(Sources.carelesslyPooling(connection))
                    .table("zones")
                    .write("g", "w", Duration.ofSeconds(5), soon());
        }
        assertThat(beats.ages("g", soon())).singleElement().satisfies(age -> assertThat(age)
                .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(35)));
    }

    @Test
    void aNameIsAValueWhateverIsInIt() throws Exception {
        JdbcHeartbeats beats = heartbeats("named");
        beats.write("g", "'; DROP TABLE named; --", Duration.ofSeconds(-5), soon());
        assertThat(beats.ages("g", soon())).hasSize(1);
    }
}
