package dev.vitals.errors;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which exceptions are counted and not sent. Immutable. */
final class Ignored {
    // By name: the JDK alone is sure to be there.
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
        if (types.length == 0) {
            return false;
        }
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
        return false;
    }
}
