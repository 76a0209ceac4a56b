package dev.vitals.health.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.protocol.RedisProtocolException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From what Lettuce throws and the server refuses to what people read. Pure. */
final class RedisFailures {
    /** As many causes are looked at: a cluster's nodes fail each with their own. */
    private static final int MOST = 100;

    private RedisFailures() {}

    /**
     * What has gone wrong.
     *
     * @param what what could not be done, where the server itself says nothing
     * @param failure what Lettuce threw
     */
    static String why(String what, Throwable failure) {
        Set<Throwable> all = behind(failure);
        for (Throwable each : all) {
            if (each instanceof RedisCommandExecutionException error) {
                return ofError(error.getMessage());
            }
        }
        Throwable last = failure;
        for (Throwable each : all) {
            last = each;
            if (each instanceof ConnectException || each instanceof UnknownHostException) {
                break;
            }
        }
        return what + ": " + root(last);
    }

    /** Its causes, and what was suppressed, where Lettuce keeps what went wrong at each node of a cluster; nearest first. */
    private static Set<Throwable> behind(Throwable failure) {
        Set<Throwable> seen = new LinkedHashSet<>();
        var next = new ArrayDeque<Throwable>();
        next.add(failure);
        while (!next.isEmpty() && seen.size() < MOST) {
            Throwable each = next.remove();
            if (seen.add(each)) {
                if (each.getCause() != null) {
                    next.add(each.getCause());
                }
                next.addAll(List.of(each.getSuppressed()));
            }
        }
        return seen;
    }

    /** The class and not the message of whatever is unknown: a message may hold the URI. */
    private static String root(Throwable root) {
        String message = String.valueOf(root.getMessage());
        if (root instanceof ConnectException) {
            return message.contains("timed out") ? "connection timed out" : "connection refused";
        }
        if (root instanceof RedisCommandTimeoutException) {
            return "no answer in time";
        }
        if (root instanceof UnknownHostException) {
            return "unknown host";
        }
        if (root instanceof IOException && message.startsWith("Connection reset")) {
            return "connection reset";
        }
        // Netty's word for a server that hangs up, and Lettuce's where that is before all is agreed upon, or begun.
        if (root instanceof ClosedChannelException
                || message.startsWith("Connection closed")
                || message.startsWith("RedisHandshakeHandler not registered")) {
            return "connection closed";
        }
        if (root instanceof RedisConnectionException && message.startsWith("Cannot provide redisAddress")) {
            return "the Sentinels know no master of that name";
        }
        if (root instanceof RedisProtocolException) {
            return "what answers does not speak Redis' protocol";
        }
        if (root instanceof IllegalStateException && message.startsWith("RedisURI is not avail")) {
            return "the client has no URI, make it with RedisClient.create(uri)";
        }
        return root.getClass().getSimpleName();
    }

    /** An error reply: by convention its first word, in capitals, says of which kind it is. */
    static String ofError(@Nullable String message) {
        String reply = message == null ? "" : message;
        int space = reply.indexOf(' ');
        String kind = space < 0 ? reply : reply.substring(0, space);
        return switch (kind) {
            case "WRONGPASS", "NOAUTH" -> "authentication failed";
            case "LOADING" -> "server is loading its data";
            case "NOPERM" -> "the user may not do this";
            case "MASTERDOWN" -> "replica serves nothing while its primary is away";
            case "MISCONF" -> "writes are refused, since data cannot be saved";
            case "READONLY" -> "the server is a read-only replica";
            case "MOVED", "ASK" -> "another node of the cluster has this key: ask that one";
            case "OOM" -> "out of memory, writes are refused";
            case "WRONGTYPE" -> "the key holds another type";
            case "BUSY" -> "the server is busy with a script";
            case "DENIED" -> "the server is in protected mode and answers its own host alone";
            case "ERR" -> ofPlainError(reply);
            default -> "the server answers with an error";
        };
    }

    private static String ofPlainError(String reply) {
        // What servers before Redis 6 say to a wrong password.
        if (reply.startsWith("ERR invalid password")) {
            return "authentication failed";
        }
        if (reply.startsWith("ERR Client sent AUTH") || reply.startsWith("ERR AUTH <password> called without")) {
            return "authentication failed: the server has no password";
        }
        if (reply.startsWith("ERR max number of clients")) {
            return "the server takes no more connections: maxclients reached";
        }
        return reply.startsWith("ERR This instance has cluster support disabled")
                ? "the server is not part of a cluster"
                : "the server answers with an error";
    }
}
