package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RedisMetricsTest {
    private static final SocketAddress HERE = InetSocketAddress.createUnresolved("here", 1);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RedisCommands recorder = new RedisCommands(registry);

    @Test
    void aCommandIsTimedToTheEndOfItsAnswer() {
        record(server(1), CommandType.GET, 5_000_000);
        record(server(1), CommandType.GET, 7_000_000);
        record(server(1), CommandType.GET, -1);

        Timer timer = registry.get("lettuce.command.completion")
                .tags("command", "GET", "remote", "redis-1:6379")
                .timer();
        assertThat(timer.count()).isEqualTo(3);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(12);
        assertThat(registry.find("lettuce.command.firstresponse").meter()).isNull();
    }

    @Test
    void neitherServersNorCommandsMakeSeriesWithoutBound() {
        for (int i = 0; i < 1_000; i++) {
            record(server(i), keyword("COMMAND" + i), 1);
        }

        assertThat(registry.get("lettuce.command.completion").timers())
                .hasSizeLessThanOrEqualTo((RedisCommands.MOST_COMMANDS + 1) * (RedisCommands.MOST_REMOTES + 1))
                .satisfies(timers -> assertThat(
                                timers.stream().mapToLong(Timer::count).sum())
                        .isEqualTo(1_000));
        assertThat(registry.get("lettuce.command.completion")
                        .tags("command", "_OTHER", "remote", "_OTHER")
                        .timer()
                        .count())
                .isEqualTo(1_000 - RedisCommands.MOST_COMMANDS);
    }

    @Test
    void aPathIsNoLabel() {
        record(UnixDomainSocketAddress.of("/home/alice/redis.sock"), CommandType.PING, 1);

        assertThat(registry.get("lettuce.command.completion")
                        .tag("remote", "local")
                        .timer()
                        .count())
                .isOne();
    }

    @Test
    void aRegistryThatFailsHarmsNoConnection() {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                throw new IllegalStateException("no more meters");
            }
        });

        record(server(1), CommandType.GET, 1);

        assertThat(registry.find("lettuce.command.completion").timers()).isEmpty();
    }

    private void record(SocketAddress remote, ProtocolKeyword command, long nanos) {
        recorder.recordCommandLatency(HERE, remote, command, nanos / 2, nanos);
    }

    private static SocketAddress server(int i) {
        return InetSocketAddress.createUnresolved("redis-" + i, 6379);
    }

    private static ProtocolKeyword keyword(String name) {
        return new ProtocolKeyword() {
            @Override
            public byte[] getBytes() {
                return name.getBytes(StandardCharsets.US_ASCII);
            }

            @Override
            public String toString() {
                return name;
            }
        };
    }
}
