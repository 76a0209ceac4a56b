package dev.vitals.health.redis;

import dev.vitals.testkit.FaultTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Every fault that the page names, played against real servers: what the check says word for word, and how soon; with as
 * many threads and connections afterwards as before.
 */
class RedisFaultsIT {
    static final FaultTable TABLE = new FaultTable(
            Path.of("..", "docs", "health-redis.md"),
            Stream.of(
                            NetworkFaults.NAMES,
                            MemoryFaults.NAMES,
                            ServerFaults.NAMES,
                            ReplicationFaults.NAMES,
                            SentinelFaults.NAMES,
                            ClusterFaults.NAMES)
                    .flatMap(List::stream)
                    .toList());

    @AfterAll
    static void theTableIsWhatThePageSays() throws IOException {
        TABLE.finish();
    }

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class Network extends NetworkFaults {}

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class Memory extends MemoryFaults {}

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class Server extends ServerFaults {}

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class Replication extends ReplicationFaults {}

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class Sentinel extends SentinelFaults {}

    @Nested
    @Execution(ExecutionMode.CONCURRENT)
    class Cluster extends ClusterFaults {}
}
