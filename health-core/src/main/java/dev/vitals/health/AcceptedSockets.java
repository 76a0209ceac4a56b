package dev.vitals.health;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a connection to a local port was accepted, or still waits in the kernel's queue for somebody to accept
 * it. The kernel answers a connect by itself, so that the client of a dead acceptor sees nothing. On Linux,
 * {@code /proc/net/tcp} lists the server's end of it as well; its inode is 0 until it is accepted (proc(5): a socket
 * that belongs to no file).
 */
final class AcceptedSockets {
    private static final String ESTABLISHED = "01";
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private final List<Path> tables;

    AcceptedSockets(List<Path> tables) {
        this.tables = tables;
    }

    static AcceptedSockets ofThisProcess() {
        return new AcceptedSockets(List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6")));
    }

    /**
     * Whether the connection was accepted; null where this system does not tell.
     *
     * @param clientPort the port of the client's end
     * @param serverPort the port of the server's end
     */
    @Nullable
    Boolean contains(int clientPort, int serverPort) {
        return established(serverPort)
                .filter(fields -> port(fields[REMOTE]) == clientPort)
                .map(AcceptedSockets::isAccepted)
                .findFirst()
                .orElse(null);
    }

    /** How many connections to a port were accepted and are open. */
    long count(int serverPort) {
        return established(serverPort).filter(AcceptedSockets::isAccepted).count();
    }

    private Stream<String[]> established(int serverPort) {
        return tables.stream()
                .flatMap(AcceptedSockets::lines)
                .filter(fields -> fields.length > INODE
                        && fields[STATE].equals(ESTABLISHED)
                        && port(fields[LOCAL]) == serverPort);
    }

    private static Stream<String[]> lines(Path table) {
        try {
            return Files.readAllLines(table, US_ASCII).stream()
                    .map(line -> line.trim().split("\\s+"));
        } catch (IOException | RuntimeException notThere) {
            // Not Linux, or forbidden: it is not known then.
            return Stream.of();
        }
    }

    private static boolean isAccepted(String[] fields) {
        return !fields[INODE].equals("0");
    }

    /** The part after the last colon; -1 where there is none, as in the table's head. */
    private static int port(String address) {
        try {
            return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
        } catch (NumberFormatException none) {
            return -1;
        }
    }
}
