package dev.vitals.health.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.jdbc.Server.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTest {
    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, 18.6 (Debian 18.6-1.pgdg13+1), POSTGRESQL, PostgreSQL 18.6",
        "MySQL, 8.4.3, MYSQL, MySQL 8.4.3",
        "MySQL, 8.0.36-0ubuntu0.22.04.1, MYSQL, MySQL 8.0.36",
        "MariaDB, 10.11.19-MariaDB-0+deb12u1, MARIADB, MariaDB 10.11.19",
        "MySQL, 5.5.5-10.11.19-MariaDB, MARIADB, MariaDB 10.11.19",
        "H2, 2.4.240 (2025-09-22), OTHER, H2 2.4.240",
        ", , OTHER, "
    })
    void aDriverTellsWhichDatabaseItIs(
            @Nullable String name, @Nullable String version, Kind kind, @Nullable String product) {
        Server server = Server.of(name, version);

        assertThat(server.kind()).isEqualTo(kind);
        assertThat(server.product()).isEqualTo(product);
    }

    @ParameterizedTest
    @CsvSource({
        "8.0.21, false",
        "8.0.22, true",
        "8.0.22-log, true",
        "8.1, true",
        "9, true",
        "5.7.44, false",
        "x, false",
        ", false"
    })
    void versionsAreComparedAsNumbers(@Nullable String version, boolean since) {
        assertThat(Server.of("MySQL", version).isSince(8, 0, 22)).isEqualTo(since);
    }

    @Test
    void theWordForAReplicaIsThatOfTheVersion() {
        assertThat(MySqlReplication.statusOf(Server.of("MySQL", "8.0.21"))).isEqualTo("SHOW SLAVE STATUS");
        assertThat(MySqlReplication.statusOf(Server.of("MySQL", "8.4.0"))).isEqualTo("SHOW REPLICA STATUS");
        assertThat(MySqlReplication.statusOf(Server.of("MariaDB", "10.11.19"))).isEqualTo("SHOW ALL SLAVES STATUS");
    }
}
