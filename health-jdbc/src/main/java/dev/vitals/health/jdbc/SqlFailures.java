package dev.vitals.health.jdbc;

import dev.vitals.health.HealthResult;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** From what a driver or a pool throws to what people read. Pure. */
final class SqlFailures {
    /** As deep as causes are followed: they may go round in a circle. */
    private static final int DEEPEST = 10;

    private SqlFailures() {}

    static HealthResult down(SQLException failure) {
        String state = state(failure);
        String meaning = meaning(state);
        if (failure instanceof SQLTransientConnectionException) {
            String because = state == null ? "" : ": " + meaning;
            return withMessage(
                    HealthResult.down("no connection from the pool in time" + because + named(state)), failure, state);
        }
        return withMessage(HealthResult.down(meaning + named(state)), failure, state);
    }

    private static String named(@Nullable String state) {
        return state == null ? "" : " (SQLState " + state + ")";
    }

    /** The first SQLState on the way down the causes: a pool's own exception often carries none. */
    private static @Nullable String state(SQLException failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
            at = at.getCause();
        }
        return null;
    }

    /** What a state means for people. Exact states before their classes, which are the first two characters. */
    static String meaning(@Nullable String state) {
        if (state == null) {
            return "database error";
        }
        return switch (state) {
            case "08001" -> "connection refused or not possible";
            case "08004" -> "connection rejected by the server";
            case "08003", "08006", "08007", "08S01" -> "connection lost";
            case "3D000" -> "no such database";
            case "53300" -> "too many connections";
            case "57P01", "57P02" -> "server is shutting down";
            case "57P03" -> "server takes no connections now: it starts, stops or recovers";
            default -> meaningOfClass(state.substring(0, Math.min(2, state.length())));
        };
    }

    private static String meaningOfClass(String stateClass) {
        return switch (stateClass) {
            case "08" -> "connection failed";
            case "28" -> "authentication failed";
            case "53" -> "server is out of resources";
            default -> "database error";
        };
    }

    private static HealthResult withMessage(HealthResult down, SQLException failure, @Nullable String state) {
        String message = failure.getMessage();
        boolean namesTheUser = state != null && state.startsWith("28");
        return message == null || namesTheUser ? down : down.withDetail("message", Messages.withoutUrl(message));
    }
}
