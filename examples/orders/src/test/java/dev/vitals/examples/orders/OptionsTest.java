package dev.vitals.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    private static final Options.Traces NO_TRACES = new Options.Traces("demo", null, null);

    @Test
    void withoutOptionsItListensOnTheUsualPortsAndHasTraffic() throws BadInput {
        assertThat(Options.parse(List.of(), Map.of()))
                .isEqualTo(new Options(8080, 8081, null, null, NO_TRACES, null, 20, false, false));
    }

    @Test
    void onceTakesFreePortsAndHasNoTrafficUnlessTold() throws BadInput {
        assertThat(Options.parse(List.of("--once"), Map.of()))
                .isEqualTo(new Options(0, 0, null, null, NO_TRACES, null, 0, true, false));
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

    @Test
    void tracesGoWhereTheyAreSent() throws BadInput {
        var environment =
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318/", "ORDERS_ZIPKIN_URL", "http://env:9411");
        assertThat(Options.parse(List.of("--zipkin=http://line:9411/", "--environment=production"), environment)
                        .traces())
                .isEqualTo(new Options.Traces("production", "http://127.0.0.1:4318", "http://line:9411"));
        assertThat(Options.parse(List.of(), environment).traces())
                .isEqualTo(new Options.Traces("demo", "http://127.0.0.1:4318", "http://env:9411"));
    }

    @Test
    void errorsGoToWhereTheDsnLeads() throws BadInput {
        var environment = Map.of("SENTRY_DSN", "https://key@env.example/1");
        assertThat(Options.parse(List.of(), environment).sentryDsn()).isEqualTo("https://key@env.example/1");
        assertThat(Options.parse(List.of("--sentry-dsn", "https://key@line.example/sentry/2"), environment)
                        .sentryDsn())
                .isEqualTo("https://key@line.example/sentry/2");
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
        "--zipkin=127.0.0.1:9411, is no HTTP URL",
        "--zipkin=http://, is no HTTP URL",
        "--sentry-dsn=https://sentry.example/1, is no DSN",
        "--sentry-dsn=https://key@sentry.example/project, is no DSN",
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
