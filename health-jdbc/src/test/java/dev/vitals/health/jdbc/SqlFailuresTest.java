package dev.vitals.health.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthResult;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SqlFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "08001, connection not possible",
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
        "42601, wrong syntax",
        "42501, not permitted",
        "42703, no such column",
        "42P01, no such table",
        "22P02, database error",
        "'', database error",
        "4, database error",
        ", database error"
    })
    void aStateIsToldInWords(@Nullable String state, String meaning) {
        assertThat(SqlFailures.meaning(state)).isEqualTo(meaning);
    }

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(new ConnectException("Connection refused"), "connection refused"),
                Arguments.of(new ConnectException("Connection timed out"), "no answer in time"),
                Arguments.of(new SocketTimeoutException("Read timed out"), "no answer in time"),
                Arguments.of(new UnknownHostException("db.example.com"), "unknown host"),
                Arguments.of(new NoRouteToHostException("No route to host"), "no route to the host"),
                Arguments.of(new SocketException("Connection reset"), "connection reset"),
                Arguments.of(new SQLException("Connection attempt timed out.", "08001"), "no answer in time"),
                Arguments.of(new SSLHandshakeException("bad certificate"), "TLS failed"),
                Arguments.of(new SocketException("Broken pipe"), "connection lost"),
                Arguments.of(null, "connection lost"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void whatHappenedOnTheNetworkIsToldByItsCause(@Nullable Exception cause, String meaning) {
        var lost = new SQLException("I/O error", "08006", cause);

        assertThat(SqlFailures.down(lost).reason()).isEqualTo(meaning + " (SQLState 08006)");
        assertThat(SqlFailures.down(new SQLTransientConnectionException("request timed out after 250ms", "08006", lost))
                        .reason())
                .isEqualTo("no connection from the pool in time: " + meaning + " (SQLState 08006)");
    }

    @Test
    void aCauseOnTheNetworkExplainsNoOtherState() {
        var failure = new SQLException("syntax", "42601", new SocketTimeoutException("of something else"));

        assertThat(SqlFailures.down(failure).reason()).isEqualTo("wrong syntax (SQLState 42601)");
    }

    @Test
    void theMessageIsADetailWithoutTheUrl() {
        var failure = new SQLException(
                "No suitable driver for jdbc:postgresql://bob:s3cret@db/x?password=s3cret found", "08001");

        assertThat(SqlFailures.down(failure))
                .isEqualTo(HealthResult.down("connection not possible (SQLState 08001)")
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
