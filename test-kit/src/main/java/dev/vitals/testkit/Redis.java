package dev.vitals.testkit;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;

/**
 * A real Redis on 127.0.0.1, with a password, that can be frozen, killed, stopped and started again, and have replicas
 * and Sentinels. Leaves no process and no folder behind, also when the JVM is ended while it runs.
 */
public final class Redis implements AutoCloseable {
    public static final String PASSWORD = "open-sesame-4711";

    private static final int LOWEST_PORT = 10_000;
    /** Below the ports that systems give out by themselves; and a cluster's bus is 10000 above its port. */
    private static final int HIGHEST_PORT = 22_700;

    private static final int BUS = 10_000;
    private static final int ATTEMPTS = 5;

    private final RedisProcess process;
    private final int port;
    private final String password;

    private Redis(String password, List<String> settings, List<String> arguments) throws IOException {
        this.port = freePort();
        this.password = password;
        this.process = RedisProcess.start(port, password, settings, arguments);
    }

    /**
     * Starts one and waits until it answers.
     *
     * @param settings more of them, each a line of {@code redis.conf}: {@code "maxmemory 10mb"}
     */
    public static Redis start(String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "requirepass " + PASSWORD,
                "masterauth " + PASSWORD,
                "save \"\"",
                "repl-diskless-sync yes",
                "repl-diskless-sync-delay 0",
                "repl-ping-replica-period 1"));
        all.addAll(List.of(settings));
        return start(PASSWORD, all, List.of());
    }

    static Redis start(String password, List<String> settings, List<String> arguments) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return new Redis(password, settings, arguments);
            } catch (IOException failure) {
                boolean taken = String.valueOf(failure.getMessage()).contains("in use");
                if (!taken || attempt == ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    /** Starts a replica of this one, and waits until it has all its data. */
    public Redis replica(String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("replicaof 127.0.0.1 " + port);
        Redis replica = start(all.toArray(String[]::new));
        try {
            replica.awaitLink();
            return replica;
        } catch (Exception | AssertionError failure) {
            replica.close();
            throw failure;
        }
    }

    /** Waits until this replica is one, with its link up. */
    public void awaitLink() throws Exception {
        Eventually.eventually(() -> info("master_link_status").equals("up"), () -> "a link that is down");
    }

    /** Starts the stopped server on the port that it had, and waits until it answers. */
    public void startAgain() throws IOException {
        startAgainWithoutWaiting();
        process.awaitAnswer();
    }

    /**
     * Starts the stopped server on the port that it had: it may have data to load first.
     *
     * @param arguments settings for this time, as on the command line: {@code "--key-load-delay", "1000"}
     */
    public void startAgainWithoutWaiting(String... arguments) throws IOException {
        process.startAgain(List.of(arguments));
    }

    /** Asks it to end (SIGTERM), and waits for that. */
    public void stop() throws IOException {
        process.stop();
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    /** SIGKILL to those that it has forked to save, as a system without memory sends it. */
    public void killForks() {
        process.killForks();
    }

    /** SIGSTOP. */
    public void freeze() throws IOException {
        process.freeze();
    }

    /** SIGCONT. */
    public void thaw() throws IOException {
        process.thaw();
    }

    public int port() {
        return port;
    }

    public RedisURI uri(String password) {
        return uri(port, password);
    }

    /** A way to it through a port of somebody between. */
    public static RedisURI uri(int port, String password) {
        RedisURI.Builder uri = RedisURI.builder().withHost("127.0.0.1").withPort(port);
        return password.isEmpty()
                ? uri.build()
                : uri.withPassword(password.toCharArray()).build();
    }

    public RedisURI uri(String user, String password) {
        return RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(port)
                .withAuthentication(user, password.toCharArray())
                .build();
    }

    public RedisClient client() {
        return RedisClient.create(uri(password));
    }

    /**
     * Sends a command on a connection of its own, which needs no thread and ends with the answer.
     *
     * @return the answer, the elements of a list on lines of their own
     * @throws UncheckedIOException if there is none in 5 s, or it is an error reply, which is the message
     */
    public String ask(String... words) {
        try {
            return process.ask(words);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure.getMessage(), failure);
        }
    }

    /** Asks once more where the first connection was cut: Sentinels cut all of them at a server that they promote. */
    private String look(String... words) {
        try {
            return process.ask(words);
        } catch (SocketException | EOFException cut) {
            return ask(words);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure.getMessage(), failure);
        }
    }

    /** One line of INFO; empty where it has none of that name. */
    public String info(String name) {
        return look("INFO", "everything")
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** How many clients the server sees: not the one that asks, no replica, no primary and no Sentinel. */
    public long clients() {
        return clients(line -> true) - 1;
    }

    /** How many clients of that name the server sees. */
    public long clients(String name) {
        return clients(line -> line.contains(" name=" + name + " "));
    }

    private long clients(Predicate<String> which) {
        return look("CLIENT", "LIST")
                .lines()
                .filter(line -> !line.contains(" name=sentinel-"))
                .filter(line -> !line.matches(".* flags=[A-Za-z]*[SM].*"))
                .filter(which)
                .count();
    }

    @Override
    public void close() throws IOException {
        process.close();
    }

    /** A port that nobody listens on, nor 10000 above it, and that the system gives to no client by itself. */
    public static int freePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try {
                listenOnce(port);
                listenOnce(port + BUS);
                return port;
            } catch (IOException taken) {
                if (attempt == 100) {
                    throw taken;
                }
            }
        }
    }

    private static void listenOnce(int port) throws IOException {
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }
}
