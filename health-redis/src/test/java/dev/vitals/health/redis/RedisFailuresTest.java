package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthResult;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisFailuresTest {
    @ParameterizedTest
    @CsvSource({
        "WRONGPASS invalid username-password pair or user is disabled., authentication failed",
        "NOAUTH Authentication required., authentication failed",
        "NOAUTH, authentication failed",
        "ERR invalid password, authentication failed",
        "ERR unknown command, the server answers with an error",
        "LOADING Redis is loading the dataset in memory, server is loading its data",
        "NOPERM this user has no permissions to run the 'ping' command, the user may not PING",
        "'', the server answers with an error",
        ", the server answers with an error"
    })
    void anErrorReplyIsToldInWords(@Nullable String reply, String reason) {
        assertThat(RedisFailures.ofError(reply)).isEqualTo(HealthResult.down(reason));
    }

    @Test
    void whatIsUnknownIsNamedByItsClassAndNotByItsMessage() {
        var failure = new IllegalStateException(new IllegalStateException("redis://:s3cret@host"));

        assertThat(RedisFailures.down("cannot connect", failure))
                .isEqualTo(HealthResult.down("cannot connect: IllegalStateException"));
    }

    @Test
    void anUnknownHostIsNamed() {
        assertThat(RedisFailures.down("cannot connect", new UnknownHostException("secret.internal")))
                .isEqualTo(HealthResult.down("cannot connect: unknown host"));
    }

    @Test
    void causesThatGoRoundInACircleEnd() {
        var outer = new IllegalStateException("outer");
        var inner = new IllegalArgumentException("inner", outer);
        outer.initCause(inner);

        assertThat(RedisFailures.down("cannot connect", outer).reason()).startsWith("cannot connect: Illegal");
    }
}
