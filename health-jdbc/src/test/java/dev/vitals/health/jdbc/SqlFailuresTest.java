package dev.vitals.health.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthResult;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "08001, connection refused or not possible",
        "08004, connection rejected by the server",
        "08006, connection lost",
        "08S01, connection lost",
        "08P01, connection failed",
        "28000, authentication failed",
        "28P01, authentication failed",
        "3D000, no such database",
        "53300, too many connections",
        "53100, server is out of resources",
        "57P01, server is shutting down",
        "57P03, 'server takes no connections now: it starts, stops or recovers'",
        "42601, database error",
        "'', database error",
        "4, database error",
        ", database error"
    })
    void aStateIsToldInWords(@Nullable String state, String meaning) {
        assertThat(SqlFailures.meaning(state)).isEqualTo(meaning);
    }

    @Test
    void theMessageIsADetailWithoutTheUrl() {
        var failure = new SQLException(
                "No suitable driver for jdbc:postgresql://bob:s3cret@db/x?password=s3cret found", "08001");

        assertThat(SqlFailures.down(failure))
                .isEqualTo(HealthResult.down("connection refused or not possible (SQLState 08001)")
                        .withDetail("message", "No suitable driver for [JDBC URL] found"));
    }

    @ParameterizedTest
    @CsvSource({
        "08001, , true",
        "08006, , true",
        "08S01, , true",
        "57P01, , true",
        "57P03, , true",
        ", 08001, true",
        "08001, 08006, true",
        "08004, , false",
        "08P01, , false",
        "23505, , false",
        "28P01, , false",
        "3D000, , false",
        "42000, , false",
        "53300, , false",
        "0, , false",
        "'', , false",
        ", , false",
        ", 28P01, false",
        "08001, 28P01, false",
        "57P01, 53300, false"
    })
    void aMessageIsShownOnlyWhereEveryStateIsKnownToBeHarmless(
            @Nullable String state, @Nullable String causeState, boolean shown) {
        var cause = new SQLException("too many connections for role \"bob\"", causeState);

        HealthResult down = SqlFailures.down(new SQLException("for role \"bob\"", state, cause));

        assertThat(down.details().containsKey("message")).isEqualTo(shown);
        assertThat(down.toString().contains("bob")).isEqualTo(shown);
    }

    @Test
    void aFailureWithoutStateAndMessageIsToldAllTheSame() {
        assertThat(SqlFailures.down(new SQLException())).isEqualTo(HealthResult.down("database error"));
    }

    @Test
    void causesThatGoRoundInACircleEnd() {
        var outer = new SQLTransientConnectionException("no connection");
        var inner = new IllegalStateException("inner", outer);
        outer.initCause(inner);

        assertThat(SqlFailures.down(outer).reason()).isEqualTo("no connection from the pool in time");
    }
}
