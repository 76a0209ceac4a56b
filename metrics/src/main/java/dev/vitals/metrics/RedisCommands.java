package dev.vitals.metrics;

import dev.vitals.scrubbing.Scrubber;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A timer for each pair of a command and a server. Called on Lettuce's event loop, so nothing may come out of it. */
final class RedisCommands implements CommandLatencyRecorder {
    static final int MOST_COMMANDS = 40;
    static final int MOST_REMOTES = 16;

    private final MeterRegistry registry;
    private final BoundedLabel commands;
    private final BoundedLabel remotes;
    /** By address, so that none is turned into text for each command; no longer than the label has values. */
    private final ConcurrentHashMap<SocketAddress, String> known = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<String, ConcurrentHashMap<String, Timer>> timers = new ConcurrentHashMap<>();
    private final OneComplaint complaint = new OneComplaint("a Redis command");

    RedisCommands(MeterRegistry registry) {
        this.registry = registry;
        String meter = ClientDefinitions.REDIS_COMPLETION.meter();
        commands = new BoundedLabel(registry, Scrubber.standard(), meter, "command", MOST_COMMANDS);
        remotes = new BoundedLabel(registry, AskedServers.ADDRESSES, meter, "remote", MOST_REMOTES);
    }

    @Override
    public void recordCommandLatency(
            SocketAddress local,
            SocketAddress remote,
            ProtocolKeyword command,
            long firstResponseNanos,
            long completionNanos) {
        try {
            timer(commands.of(command.toString()), server(remote))
                    .record(Math.max(0, completionNanos), TimeUnit.NANOSECONDS);
        } catch (RuntimeException | LinkageError failed) {
            complaint.about(failed);
        }
    }

    private String server(@Nullable SocketAddress remote) {
        if (!(remote instanceof InetSocketAddress address)) {
            // A socket of the system's: its path may hold a user's name.
            return remotes.of("local");
        }
        String name = known.get(address);
        if (name == null) {
            name = remotes.of(address.getHostString() + ":" + address.getPort());
            if (known.size() < MOST_REMOTES) {
                known.put(address, name);
            }
        }
        return name;
    }

    private Timer timer(String command, String remote) {
        ConcurrentHashMap<String, Timer> ofCommand =
                timers.computeIfAbsent(command, unused -> new ConcurrentHashMap<>());
        Timer timer = ofCommand.get(remote);
        if (timer == null) {
            // Two threads may both do this: a registry gives both the same.
            timer = register(command, remote);
            ofCommand.put(remote, timer);
        }
        return timer;
    }

    private Timer register(String command, String remote) {
        return Timer.builder(ClientDefinitions.REDIS_COMPLETION.meter())
                .description(ClientDefinitions.REDIS_COMPLETION.description())
                .tags("command", command, "remote", remote)
                .register(registry);
    }
}
