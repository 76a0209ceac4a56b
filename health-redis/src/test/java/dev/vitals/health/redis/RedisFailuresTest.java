package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.protocol.RedisProtocolException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
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
        "ERR Client sent AUTH but no password is set, authentication failed: the server has no password",
        "ERR AUTH <password> called without any password configured, authentication failed: the server has no password",
        "ERR max number of clients reached, the server takes no more connections: maxclients reached",
        "ERR This instance has cluster support disabled, the server is not part of a cluster",
        "DENIED Redis is running in protected mode, the server is in protected mode and answers its own host alone",
        "OOM command not allowed when used memory > 'maxmemory'., 'out of memory, writes are refused'",
        "MOVED 3999 127.0.0.1:6381, 'another node of the cluster has this key: ask that one'",
        "READONLY You can't write against a read only replica., the server is a read-only replica",
        "BUSY Redis is busy running a script., the server is busy with a script",
        "LOADING Redis is loading the dataset in memory, server is loading its data",
        "NOPERM this user has no permissions to run the 'ping' command, the user may not do this",
        "'', the server answers with an error",
        ", the server answers with an error"
    })
    void anErrorReplyIsToldInWords(@Nullable String reply, String reason) {
        assertThat(RedisFailures.ofError(reply)).isEqualTo(reason);
    }

    @Test
    void theClientsOwnTimeOutIsSilence() {
        var late = new RedisCommandTimeoutException("Command timed out after 300 millisecond(s)");

        assertThat(RedisFailures.why("connection lost", late)).isEqualTo("connection lost: no answer in time");
    }

    @Test
    void whatIsUnknownIsNamedByItsClassAndNotByItsMessage() {
        var failure = new IllegalStateException(new IllegalStateException("redis://:s3cret@host"));

        assertThat(RedisFailures.why("cannot connect", failure)).isEqualTo("cannot connect: IllegalStateException");
    }

    @Test
    void aClientWithoutUriIsToldHowToBeMade() {
        assertThat(RedisFailures.why("cannot connect", new IllegalStateException("RedisURI is not available. Use x")))
                .isEqualTo("cannot connect: the client has no URI, make it with RedisClient.create(uri)");
    }

    /** In the words of Lettuce and netty, which tell what their classes do not. */
    @Test
    void whatNetworksDoIsNamed() {
        Map.of(
                        new ConnectException("Connection refused: /127.0.0.1:6379"), "connection refused",
                        new ConnectException("connection timed out after 10000 ms: /10.0.0.1:6379"),
                                "connection timed out",
                        new SocketException("Connection reset"), "connection reset",
                        new IOException("Connection reset by peer"), "connection reset",
                        new ClosedChannelException(), "connection closed",
                        new RedisConnectionException("Connection closed prematurely"), "connection closed",
                        new IllegalStateException("RedisHandshakeHandler not registered"), "connection closed",
                        new RedisConnectionException("Cannot provide redisAddress using sentinel for masterId x"),
                                "the Sentinels know no master of that name",
                        new RedisProtocolException("Invalid first byte: 72 (H)"),
                                "what answers does not speak Redis' protocol",
                        new RedisConnectionException("Unable to connect to secret.internal"),
                                "RedisConnectionException")
                .forEach((failure, words) ->
                        assertThat(RedisFailures.why("cannot connect", failure)).isEqualTo("cannot connect: " + words));
    }

    @Test
    void anUnknownHostIsNamed() {
        assertThat(RedisFailures.why("cannot connect", new UnknownHostException("secret.internal")))
                .isEqualTo("cannot connect: unknown host");
    }

    @Test
    void causesThatGoRoundInACircleEnd() {
        var outer = new IllegalStateException("outer");
        var inner = new IllegalArgumentException("inner", outer);
        outer.initCause(inner);

        assertThat(RedisFailures.why("cannot connect", outer)).startsWith("cannot connect: Illegal");
    }
}
