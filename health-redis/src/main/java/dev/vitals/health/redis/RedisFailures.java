package dev.vitals.health.redis;

import dev.vitals.health.HealthResult;
import io.lettuce.core.RedisCommandExecutionException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** From what Lettuce throws to what people read. Pure. */
final class RedisFailures {
    /** As deep as causes are followed: they may go round in a circle. */
    private static final int DEEPEST = 10;

    private RedisFailures() {}

    /**
     * What has gone wrong.
     *
     * @param what what could not be done, where the server itself says nothing
     * @param failure what Lettuce threw
     */
    static HealthResult down(String what, Throwable failure) {
        Throwable at = failure;
        Throwable last = failure;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            if (at instanceof RedisCommandExecutionException error) {
                return ofError(error.getMessage());
            }
            last = at;
            at = at.getCause();
        }
        return HealthResult.down(what + ": " + why(last));
    }

    /** The class and not the message of whatever is unknown: a message may hold the URI. */
    private static String why(Throwable root) {
        if (root instanceof ConnectException) {
            return "connection refused";
        }
        if (root instanceof UnknownHostException) {
            return "unknown host";
        }
        return root.getClass().getSimpleName();
    }

    /** An error reply: by convention its first word, in capitals, says of which kind it is. */
    static HealthResult ofError(@Nullable String message) {
        String reply = message == null ? "" : message;
        int space = reply.indexOf(' ');
        String kind = space < 0 ? reply : reply.substring(0, space);
        return switch (kind) {
            case "WRONGPASS", "NOAUTH" -> HealthResult.down("authentication failed");
            case "LOADING" -> HealthResult.down("server is loading its data");
            case "NOPERM" -> HealthResult.down("the user may not PING");
            // What servers before Redis 6 say to a wrong password.
            case "ERR" ->
                HealthResult.down(
                        reply.startsWith("ERR invalid password")
                                ? "authentication failed"
                                : "the server answers with an error");
            default -> HealthResult.down("the server answers with an error");
        };
    }
}
