package dev.vitals.health.jdbc;

import dev.vitals.health.HealthResult;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** From what a driver or a pool throws to what people read. Pure. */
final class SqlFailures {
    /** As deep as causes are followed: they may go round in a circle. */
    private static final int DEEPEST = 10;

    private static final Set<String> REJECTIONS = Set.of("08004", "08P01");

    private SqlFailures() {}

    /** Nothing is known of the message of anything but an {@link SQLException}: it may quote the server's. */
    static HealthResult downBy(@Nullable Throwable failure) {
        if (failure instanceof SQLException sql) {
            return down(sql);
        }
        return HealthResult.down(
                failure == null ? "unknown failure" : failure.getClass().getSimpleName());
    }

    static HealthResult down(SQLException failure) {
        List<String> states = states(failure);
        String state = states.isEmpty() ? null : states.get(0);
        String meaning = meaning(state, failure);
        String reason = meaning;
        if (failure instanceof SQLTransientConnectionException) {
            reason = "no connection from the pool in time" + (state == null ? "" : ": " + meaning);
        }
        HealthResult down = HealthResult.down(reason + named(state));
        String message = failure.getMessage();
        return message == null || !mayShowMessage(states)
                ? down
                : down.withDetail("message", Messages.withoutUrl(message));
    }

    /** Of a connection that could not be made or was lost, drivers have one state for much: the cause says which. */
    private static String meaning(@Nullable String state, SQLException failure) {
        String network = state == null || state.startsWith("08") ? network(failure) : null;
        return network == null ? meaning(state) : network;
    }

    /** PostgreSQL's driver has a time-out for the whole log-in, past which it gives no cause. A pool's own is another one. */
    private static boolean isTimeOut(Throwable failure, String text) {
        return failure instanceof SQLException sql
                && !(failure instanceof SQLTransientConnectionException)
                && String.valueOf(sql.getSQLState()).startsWith("08")
                && text.contains("timed out");
    }

    /** By the kind of exception; the texts of {@link java.net} that are looked for are the operating system's. */
    private static @Nullable String network(SQLException failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            String text = String.valueOf(at.getMessage());
            if (at instanceof SocketTimeoutException || isTimeOut(at, text)) {
                return "no answer in time";
            } else if (at instanceof UnknownHostException) {
                return "unknown host";
            } else if (at instanceof NoRouteToHostException) {
                return "no route to the host";
            } else if (at instanceof ConnectException) {
                return text.contains("refused") ? "connection refused" : "no answer in time";
            } else if (at instanceof SocketException && text.contains("reset")) {
                return "connection reset";
            } else if (at instanceof SSLException) {
                return "TLS failed";
            }
            at = at.getCause();
        }
        return null;
    }

    private static String named(@Nullable String state) {
        return state == null ? "" : " (SQLState " + state + ")";
    }

    /** The SQLStates on the way down the causes, the first of which counts: a pool's own exception often carries none. */
    private static List<String> states(SQLException failure) {
        var states = new ArrayList<String>();
        Throwable at = failure;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                states.add(sql.getSQLState());
            }
            at = at.getCause();
        }
        return states;
    }

    /** What a state means for people. Exact states before their classes, which are the first two characters. */
    static String meaning(@Nullable String state) {
        if (state == null) {
            return "database error";
        }
        return switch (state) {
            case "08001" -> "connection not possible";
            case "08004" -> "connection rejected by the server";
            case "08003", "08006", "08007", "08S01" -> "connection lost";
            case "3D000" -> "no such database";
            case "42501" -> "not permitted";
            case "42601" -> "wrong syntax";
            case "42703", "42S22" -> "no such column";
            case "42P01", "42S02" -> "no such table";
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

    /**
     * A message of a connection that failed (class 08) or of an operator who stepped in (57) tells what happened. Any
     * other may name the user or hold data, as with a refused log-in (28), a quota (PostgreSQL's 53300, MySQL's 42000)
     * or a constraint (23); so may a rejection by the server (08004) and what PgBouncer says of a log-in (08P01).
     * A pool may quote its cause, so all states count.
     */
    static boolean mayShowMessage(List<String> states) {
        return !states.isEmpty() && states.stream().allMatch(SqlFailures::isHarmless);
    }

    private static boolean isHarmless(String state) {
        return (state.startsWith("08") || state.startsWith("57")) && !REJECTIONS.contains(state);
    }
}
