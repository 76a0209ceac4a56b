package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.HealthReport;
import dev.vitals.health.redis.FaultStage.Act;
import dev.vitals.health.redis.FaultStage.Fault;
import dev.vitals.testkit.Eventually;
import dev.vitals.testkit.Redis;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A server that answers and is not well: refuses, cannot save, loads. */
class ServerFaults {
    private static final String REFUSES = "connections refused (maxclients), the check has one";
    private static final String REFUSES_THE_CHECK = "connections refused (maxclients), the check has none";
    private static final String BUSY = "server busy with one command for 2 s";
    private static final String LOADING = "server restarted, loads its data for some seconds";
    private static final String RDB = "RDB save failed";
    private static final String RDB_AND_STOP = "RDB save failed, writes stop on that";
    private static final String AOF_REWRITE = "AOF rewrite killed";
    private static final String AOF_WRITE = "AOF write failed (disk full)";
    private static final String NO_INFO = "ACL user without INFO";
    private static final String NO_PING = "ACL user without PING";
    private static final String PASSWORD_CHANGED = "password changed at the server";
    static final List<String> NAMES = List.of(
            REFUSES,
            REFUSES_THE_CHECK,
            BUSY,
            LOADING,
            RDB,
            RDB_AND_STOP,
            AOF_REWRITE,
            AOF_WRITE,
            NO_INFO,
            NO_PING,
            PASSWORD_CHANGED);

    private static final String USER = "checker";

    private static FaultStage stage;
    private static Redis redis;

    @BeforeAll
    static void start() throws Exception {
        stage = new FaultStage("server faults", RedisFaultsIT.TABLE);
        redis = stage.owning(Redis.start(
                "appendonly yes", "aof-use-rdb-preamble no", "user " + USER + " on >" + Redis.PASSWORD + " ~* +@all"));
        stage.warmUp(redis);
    }

    @AfterAll
    static void stop() throws Exception {
        stage.end();
    }

    private static Path file(String name) {
        return Path.of(redis.ask("CONFIG", "GET", "dir").lines().toList().get(1), name);
    }

    @FaultTest
    void othersThatAreRefusedAreTold() throws Exception {
        try (RedisClient client = stage.client(redis.uri(Redis.PASSWORD));
                StatefulRedisConnection<String, String> admin = client.connect()) {
            play(
                    REFUSES,
                    () -> {
                        admin.sync().configSet("maxclients", "2");
                        assertThatThrownBy(() -> redis.ask("PING")).hasMessageContaining("max number of clients");
                        admin.sync().configSet("maxclients", "1000");
                    },
                    () -> {},
                    "DEGRADED: 1 connection rejected since the last look: maxclients reached");
        }
    }

    @FaultTest
    void aCheckThatIsRefusedIsDown() throws Exception {
        try (RedisClient client = stage.client(redis.uri(Redis.PASSWORD));
                StatefulRedisConnection<String, String> admin = client.connect()) {
            var fault = new Fault(
                    REFUSES_THE_CHECK,
                    () -> {
                        admin.sync().configSet("maxclients", "1");
                        admin.sync().clientKill(KillArgs.Builder.skipme());
                    },
                    () -> admin.sync().configSet("maxclients", "1000"),
                    "DOWN: the server takes no more connections: maxclients reached");
            // The server says so and closes: at times the close comes first.
            stage.play(redis, redis.uri(Redis.PASSWORD), fault.onTheWay("DOWN: cannot connect: connection closed"));
        }
    }

    @FaultTest
    void aBusyServerDoesNotAnswer() throws Exception {
        var asked = new Thread(() -> redis.ask("DEBUG", "SLEEP", "2"));
        play(BUSY, asked::start, asked::join, "DOWN: no answer in time", "DOWN: no connection in time");
    }

    @FaultTest
    void aServerThatLoadsSaysHowLong() throws Exception {
        redis.ask("DEBUG", "POPULATE", "60000", "loaded", "100");
        rewrite("ok");
        var fault = new Fault(
                LOADING,
                () -> {
                    redis.stop();
                    redis.startAgainWithoutWaiting("--key-load-delay", "1");
                },
                () -> {
                    Eventually.eventually(() -> redis.info("loading").equals("0"));
                    redis.ask("FLUSHALL");
                },
                "DOWN: server is loading its data, 1 s left");
        // The server needs a moment to listen, answers between two batches of data, and reckons anew each second.
        stage.play(
                redis,
                redis.uri(Redis.PASSWORD),
                fault.onTheWay("DOWN: (cannot connect: connection refused|no (answer|connection) in time"
                        + "|server is loading its data, [0-9]+ s left)"));
    }

    @FaultTest
    void aFailedSaveIsTold() throws Exception {
        playSave(RDB, "DEGRADED: the last RDB save failed");
    }

    @FaultTest
    void aFailedSaveThatStopsWritesIsToldAsSuch() throws Exception {
        redis.ask("CONFIG", "SET", "save", "3600 1000000");
        try {
            playSave(
                    RDB_AND_STOP, "DEGRADED: writes are refused, since data cannot be saved; the last RDB save failed");
        } finally {
            redis.ask("CONFIG", "SET", "save", "");
        }
    }

    /** Where the file should be there is a folder. */
    private static void playSave(String name, String says) throws Exception {
        Path folder = Files.createDirectory(file("folder.rdb"));
        play(
                name,
                () -> {
                    redis.ask("CONFIG", "SET", "dbfilename", "folder.rdb");
                    save("err");
                },
                () -> {
                    redis.ask("CONFIG", "SET", "dbfilename", "dump.rdb");
                    save("ok");
                    Files.delete(folder);
                },
                says);
    }

    private static void save(String status) throws Exception {
        redis.ask("BGSAVE");
        Eventually.eventually(() -> redis.info("rdb_last_bgsave_status").equals(status));
    }

    @FaultTest
    void aFailedRewriteIsTold() throws Exception {
        redis.ask("DEBUG", "POPULATE", "1000", "rewritten", "10");
        play(
                AOF_REWRITE,
                () -> {
                    redis.ask("CONFIG", "SET", "rdb-key-save-delay", "10000");
                    redis.ask("BGREWRITEAOF");
                    redis.killForks();
                    awaitRewrite("err");
                },
                () -> {
                    redis.ask("CONFIG", "SET", "rdb-key-save-delay", "0");
                    rewrite("ok");
                    redis.ask("FLUSHALL");
                },
                "DEGRADED: the last AOF rewrite failed");
    }

    private static void rewrite(String status) throws Exception {
        redis.ask("BGREWRITEAOF");
        awaitRewrite(status);
    }

    private static void awaitRewrite(String status) throws Exception {
        Eventually.eventually(() -> redis.info("aof_rewrite_in_progress").equals("0")
                && redis.info("aof_last_bgrewrite_status").equals(status));
    }

    @FaultTest
    void aFailedWriteIsTold() throws Exception {
        Path log = file("appendonly.aof");
        redis.stop();
        Files.delete(log);
        Files.createSymbolicLink(log, Path.of("/dev/full"));
        redis.startAgain();
        play(
                AOF_WRITE,
                () -> {
                    redis.ask("SET", "a", "b");
                    Eventually.eventually(
                            () -> redis.info("aof_last_write_status").equals("err"));
                },
                () -> {
                    redis.kill();
                    Files.delete(log);
                    redis.startAgain();
                },
                "DEGRADED: writes are refused, since data cannot be saved; the last AOF write failed");
    }

    @FaultTest
    void withoutInfoItIsUpOnPing() throws Exception {
        playAcl(NO_INFO, "-info", "UP, memory: not permitted");
    }

    @FaultTest
    void withoutPingItIsSaid() throws Exception {
        playAcl(NO_PING, "-ping", "DOWN: the user may not PING");
    }

    /** A right that is given back is used after five minutes, or on a new connection: at once after a restart. */
    private static void playAcl(String name, String taken, String says) throws Exception {
        play(
                redis.uri(USER, Redis.PASSWORD),
                name,
                () -> redis.ask("ACL", "SETUSER", USER, taken),
                () -> {
                    redis.kill();
                    // Long enough for a run that finds nobody: Lettuce would bring the old connection back otherwise.
                    Thread.sleep(FaultStage.EVERY.multipliedBy(3).toMillis());
                    redis.startAgain();
                },
                says);
    }

    @FaultTest
    void aPasswordThatIsWrongNowIsSaid() throws Exception {
        play(
                redis.uri(USER, Redis.PASSWORD),
                PASSWORD_CHANGED,
                () -> {
                    redis.ask("ACL", "SETUSER", USER, "resetpass", ">another-one");
                    redis.ask("CLIENT", "KILL", "USER", USER);
                },
                () -> redis.ask("ACL", "SETUSER", USER, ">" + Redis.PASSWORD),
                "DOWN: authentication failed");
    }

    private static void play(String name, Act begin, Act end, String... says) throws Exception {
        play(redis.uri(Redis.PASSWORD), name, begin, end, says);
    }

    private static void play(RedisURI uri, String name, Act begin, Act end, String... says) throws Exception {
        stage.play(redis, uri, check -> check, new Fault(name, begin, end, says), ServerFaults::withMemory);
    }

    private static String withMemory(HealthReport.Check seen) {
        Object memory = seen.details().get("memory");
        return FaultStage.statusAndReason(seen) + (memory == null ? "" : ", memory: " + memory);
    }
}
