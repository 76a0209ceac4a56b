package dev.vitals.errors;

import java.nio.channels.ClosedByInterruptException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which exceptions are counted and not sent, with those that extend them: what the application names, and, of nobody's
 * fault, a client that went away, in the words of servers and frameworks, and a thread that was to stop. Immutable.
 */
final class Ignored {
    static final Set<Class<? extends Throwable>> STANDARD =
            Set.of(InterruptedException.class, ClosedByInterruptException.class);

    // By name, as the wrappers: the JDK alone is sure to be there.
    private static final Set<String> CLIENT_LEFT = Set.of(
            "org.apache.catalina.connector.ClientAbortException",
            "org.eclipse.jetty.io.EofException",
            "org.eclipse.jetty.server.internal.HttpConnection$HttpEofException",
            "org.springframework.web.context.request.async.AsyncRequestNotUsableException");
    private static final Set<String> WRAPPERS = Set.of(
            "java.lang.RuntimeException",
            "java.lang.reflect.InvocationTargetException",
            "java.lang.reflect.UndeclaredThrowableException",
            "java.util.concurrent.ExecutionException",
            "java.util.concurrent.CompletionException",
            "jakarta.servlet.ServletException",
            "javax.servlet.ServletException");
    private static final int CAUSES = 32;

    private final Class<?>[] types;

    Ignored(Set<Class<? extends Throwable>> types) {
        this.types = types.toArray(new Class<?>[0]);
    }

    /** What says nothing itself but carries another is judged by what it carries; no other cause is looked at. */
    boolean contains(@Nullable Throwable thrown) {
        Throwable judged = thrown;
        for (int i = 0; i < CAUSES && judged != null; i++) {
            if (isOne(judged)) {
                return true;
            }
            judged = WRAPPERS.contains(judged.getClass().getName()) ? judged.getCause() : null;
        }
        return false;
    }

    private boolean isOne(Throwable thrown) {
        for (Class<?> type : types) {
            if (type.isInstance(thrown)) {
                return true;
            }
        }
        // A class has few above it.
        for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
            if (CLIENT_LEFT.contains(type.getName())) {
                return true;
            }
        }
        return false;
    }
}
