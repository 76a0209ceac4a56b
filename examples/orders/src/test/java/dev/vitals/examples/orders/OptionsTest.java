package dev.vitals.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @Test
    void withoutOptionsItListensOnTheUsualPortsAndHasTraffic() throws BadInput {
        assertThat(Options.parse(List.of(), Map.of())).isEqualTo(new Options(8080, 8081, null, null, 20, false, false));
    }

    @Test
    void onceTakesFreePortsAndHasNoTrafficUnlessTold() throws BadInput {
        assertThat(Options.parse(List.of("--once"), Map.of())).isEqualTo(new Options(0, 0, null, null, 0, true, false));
        assertThat(Options.parse(List.of("--once", "--port=9090"), Map.of()).port())
                .isEqualTo(9090);
    }

    @Test
    void theCommandLineHasPrecedenceOverTheEnvironment() throws BadInput {
        var environment = Map.of("ORDERS_JDBC_URL", "jdbc:postgresql://env/db", "ORDERS_REDIS_URI", "redis://env:6379");
        Options options = Options.parse(List.of("--jdbc-url", "jdbc:postgresql://line/db"), environment);
        assertThat(options.jdbcUrl()).isEqualTo("jdbc:postgresql://line/db");
        assertThat(options.redisUri()).isEqualTo("redis://env:6379");
    }

    @ParameterizedTest
    @CsvSource({
        "--nonsense, there is no option --nonsense",
        "--port, wants a value",
        "--port=many, --port wants a number from 0 to 65535",
        "--port=65536, --port wants a number from 0 to 65535",
        "--traffic=-1, --traffic wants a number from 0 to 500",
        "--once=yes, there is no option --once",
        "--jdbc-url=jdbc:mysql://h/d, is no PostgreSQL URL",
        "--redis-uri=http://h, is no Redis URI",
    })
    void whatCannotWorkIsSaidWithARemedy(String argument, String message) {
        assertThatThrownBy(() -> Options.parse(List.of(argument), Map.of()))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }

    @Test
    void noMessageRepeatsAPassword() {
        assertThatThrownBy(() -> Options.parse(List.of("--jdbc-url=jdbc:other://h/d?password=hush"), Map.of()))
                .hasMessageNotContaining("hush");
        assertThatThrownBy(() -> Options.parse(List.of("--redis-uri=other://:hush@h"), Map.of()))
                .hasMessageNotContaining("hush");
    }
}
