package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * How long Redis takes for each kind of command, told by Lettuce: {@code lettuce.command.completion}, from sending to the
 * whole answer, labelled {@code command} and {@code remote}, three series for each pair. Needs Lettuce, which is
 * optional.
 *
 * <pre>{@code
 * ClientResources resources = ClientResources.builder()
 *     .commandLatencyRecorder(RedisMetrics.recorder(registry))
 *     .build();
 * RedisClient client = RedisClient.create(resources, uri);
 * }</pre>
 *
 * <p>The meter has the name that Lettuce's own recorder for Micrometer gives it. Both labels are bounded, which that
 * recorder does not do: 40 commands and 16 servers a recorder, so give one recorder to all clients; the ones after them are {@code _OTHER}, counted in
 * {@code vitals.labels.folded}. No key and no value is ever in a label. The client's own address is left out, and so is
 * the time to the first byte of an answer, which with answers as short as most of Redis' says the same.
 */
public final class RedisMetrics {
    private RedisMetrics() {}

    /**
     * {@return a recorder for Lettuce's {@code ClientResources}} Safe for use by many threads and by many clients; it
     * throws nothing.
     *
     * @param registry where the meters go
     */
    // Who calls this has Lettuce; who does not must not need its module to compile against this one.
    @SuppressWarnings("exports")
    public static CommandLatencyRecorder recorder(MeterRegistry registry) {
        return new RedisCommands(requireNonNull(registry, "registry"));
    }
}
