package dev.vitals.health.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeOutsTest {
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/db, 10, 10, 0",
        "jdbc:postgresql://h/db?connectTimeout=3, , 10, 0",
        "jdbc:postgresql://h/db?socketTimeout=3&loginTimeout=2, 10, , 0",
        "jdbc:mariadb://h/db, 10000, 10000, ",
        "jdbc:mysql://h/db?connectTimeout=3&socketTimeout=4, , , ",
        "jdbc:h2:mem:x, , , "
    })
    void aKnownDriverGetsThoseThatTheUrlDoesNotHave(
            String url, @Nullable String connect, @Nullable String socket, @Nullable String login) {
        Properties all = TimeOuts.added(url, new Properties());

        assertThat(all.getProperty("connectTimeout")).isEqualTo(connect);
        assertThat(all.getProperty("socketTimeout")).isEqualTo(socket);
        assertThat(all.getProperty("loginTimeout")).isEqualTo(login);
    }

    @Test
    void thoseOfTheApplicationStay() {
        var given = new Properties();
        given.setProperty("socketTimeout", "77");
        given.setProperty("ssl", "true");

        Properties all = TimeOuts.added("jdbc:postgresql://h/db", given);

        assertThat(all).containsEntry("socketTimeout", "77").containsEntry("ssl", "true");
        assertThat(given).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://h/db, jdbc:postgresql://h/db",
        "jdbc:postgresql://h/db?loginTimeout=2, jdbc:postgresql://h/db?",
        "jdbc:postgresql://h/db?a=b&loginTimeout=2&c=d, jdbc:postgresql://h/db?a=b&c=d",
        "jdbc:postgresql://h/db?myloginTimeout=2, jdbc:postgresql://h/db?myloginTimeout=2",
        "jdbc:other://h/db?loginTimeout=2, jdbc:other://h/db?loginTimeout=2"
    })
    void onlyPostgresLosesItsLoginTimeOut(String url, String expected) {
        assertThat(TimeOuts.withoutLoginTimeOut(url)).isEqualTo(expected);
    }
}
