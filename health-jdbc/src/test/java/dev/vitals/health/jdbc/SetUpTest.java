package dev.vitals.health.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.health.jdbc.ConnectionPool.Usage;
import java.sql.Connection;
import java.time.Duration;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

class SetUpTest {
    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsRefusedAndSaysHowToMendIt(ThrowingCallable mistake, String message) {
        assertThatThrownBy(mistake).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    private static Stream<Arguments> mistakes() {
        JdbcCheck jdbc = JdbcCheck.of(new PGSimpleDataSource());
        PoolCheck pool = PoolCheck.of(pool(false));
        return Stream.of(
                mistake(() -> JdbcCheck.of(null), "make the pool first, then give it to JdbcCheck.of"),
                mistake(() -> JdbcCheck.of(closed()), "the pool is closed already: give JdbcCheck.of"),
                mistake(() -> jdbc.pool(null), "pool(null): give it an implementation of ConnectionPool"),
                mistake(() -> jdbc.pool(pool(true)), "the pool is closed already: give pool the one"),
                mistake(() -> jdbc.query(null, 1), "the query is null: give one, such as \"SELECT"),
                mistake(() -> jdbc.query(" ", 1), "the query is blank: give one, such as \"SELECT"),
                mistake(() -> jdbc.query("SELECT 1", null), "say what the query answers when all is well"),
                mistake(() -> jdbc.query("SELECT 1", new int[1]), "expect a number, a boolean or a text"),
                mistake(() -> PoolCheck.of((DataSource) null), "make the pool first, then give it to PoolCheck.of"),
                mistake(() -> PoolCheck.of((ConnectionPool) null), "PoolCheck.of(null): give it an implementation"),
                mistake(() -> PoolCheck.of(new PGSimpleDataSource()), "use PoolCheck.of(ConnectionPool)"),
                mistake(() -> PoolCheck.of(closed()), "the pool is closed already: give PoolCheck.of"),
                mistake(() -> PoolCheck.of(pool(true)), "the pool is closed already: give PoolCheck.of"),
                mistake(() -> pool.degradedFrom(0), "give a number above 0, up to 1"),
                mistake(() -> pool.degradedFrom(-0.1), "give a number above 0, up to 1"),
                mistake(() -> pool.degradedFrom(Double.NaN), "give a number above 0, up to 1"),
                mistake(() -> pool.downFrom(90), "give a number above 0, up to 1"),
                mistake(() -> pool.downFrom(0.8), "DEGRADED must begin first"),
                mistake(() -> pool.downFrom(0.95).degradedFrom(0.96), "DEGRADED must begin first"),
                mistake(() -> pool.degradedFromWaiting(0), "1 at the least"),
                mistake(() -> pool.heldFor(null), "give a time, such as Duration.ofSeconds(30)"),
                mistake(() -> pool.heldFor(Duration.ofSeconds(-1)), "give a time from zero"),
                mistake(() -> pool.heldFor(Duration.ofDays(4_000)), "give a time from zero"));
    }

    private static Arguments mistake(ThrowingCallable mistake, String message) {
        return Arguments.of(mistake, message);
    }

    private static DataSource closed() {
        var pool = new HikariDataSource();
        pool.close();
        return pool;
    }

    private static ConnectionPool pool(boolean closed) {
        return new ConnectionPool() {
            @Override
            public Usage usage() {
                return new Usage(0, 0, 0, 10, closed);
            }

            @Override
            public Connection connectOutside() {
                throw new AssertionError("nothing connects at set-up");
            }
        };
    }
}
