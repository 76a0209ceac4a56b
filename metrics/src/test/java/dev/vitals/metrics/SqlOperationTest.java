package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SqlOperationTest {
    static Stream<Arguments> statements() {
        return Stream.of(
                arguments("SELECT 1", "SELECT"),
                arguments("select*from t", "SELECT"),
                arguments("  \n\tInsert into t values (1)", "INSERT"),
                arguments("SELECT", "SELECT"),
                arguments("(SELECT 1) UNION (SELECT 2)", "SELECT"),
                arguments("-- why\nUPDATE t SET a = 1", "UPDATE"),
                arguments("/* SELECT */ /* again */ DELETE FROM t", "DELETE"),
                arguments("/*+ hint */WITH x AS (SELECT 1) SELECT * FROM x", "WITH"),
                arguments("{call pay(?)}", "CALL"),
                arguments("{? = call pay(?)}", "CALL"),
                arguments("SELECTED", "_OTHER"),
                arguments("SELECT_1", "_OTHER"),
                arguments("LISTEN orders", "_OTHER"),
                arguments("4711 secret", "_OTHER"),
                arguments("-- nothing more", "_OTHER"),
                arguments("/* never closed", "_OTHER"),
                arguments("", "_OTHER"),
                arguments(null, "_OTHER"),
                arguments("/* ".repeat(100_000), "_OTHER"),
                arguments("(".repeat(100_000) + "SELECT 1", "SELECT"));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void itIsTheFirstWordIfItIsAKnownOne(String sql, String operation) {
        assertThat(SqlOperation.of(sql)).isEqualTo(operation);
    }

    @ParameterizedTest
    @CsvSource({"INSERT, true, BATCH INSERT", "_OTHER, true, BATCH _OTHER", "INSERT, false, BATCH"})
    void aBatchSaysSo(String first, boolean allTheSame, String operation) {
        assertThat(SqlOperation.ofBatch(first, allTheSame)).isEqualTo(operation);
    }
}
