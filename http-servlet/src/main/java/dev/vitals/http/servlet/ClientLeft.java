package dev.vitals.http.servlet;

import java.io.IOException;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether an exception says that the client of a request went away: containers have classes of their own for it,
 * known here by name. What a call to another service throws is no such thing.
 */
final class ClientLeft {
    private static final int DEEPEST = 8;
    private static final Set<String> ALWAYS = Set.of(
            "org.apache.catalina.connector.ClientAbortException",
            "org.eclipse.jetty.server.internal.HttpConnection$HttpEofException",
            "org.springframework.web.context.request.async.AsyncRequestNotUsableException");
    private static final String JETTY = "org.eclipse.jetty.io.EofException";
    /** Undertow has no class for it; the streams that it gives to servlets throw what the network says. */
    private static final Set<String> UNDERTOW = Set.of(
            "io.undertow.servlet.spec.ServletOutputStreamImpl", "io.undertow.servlet.spec.ServletInputStreamImpl");

    private ClientLeft() {}

    static boolean saidBy(@Nullable Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (isIt(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isIt(Throwable thrown) {
        String name = thrown.getClass().getName();
        if (ALWAYS.contains(name)) {
            return true;
        }
        if (name.equals(JETTY)) {
            // Jetty's own client has the same class for its own servers.
            return !passed(thrown, ClientLeft::isJettysClient);
        }
        return thrown instanceof IOException && passed(thrown, frame -> UNDERTOW.contains(frame.getClassName()));
    }

    private static boolean isJettysClient(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.startsWith("org.eclipse.jetty.client.") || name.startsWith("org.eclipse.jetty.http2.client.");
    }

    private static boolean passed(Throwable thrown, Predicate<StackTraceElement> which) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (which.test(frame)) {
                return true;
            }
        }
        return false;
    }
}
