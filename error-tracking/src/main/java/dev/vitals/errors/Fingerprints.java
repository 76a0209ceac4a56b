package dev.vitals.errors;

import io.sentry.SentryEvent;
import io.sentry.protocol.Message;
import io.sentry.protocol.SentryException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What two reports have in common, before Sentry has made anything of them. No text is made.
 *
 * @param error the same for the same error: classes and top frames of an exception and of its root cause, without
 *     messages; a message's template, level and logger
 * @param content the same for the same thing told twice, through exceptions that wrap it too: class, message and top
 *     frames of the root cause; a message as it reads. 0 where nothing is known of it
 */
record Fingerprints(long error, long content) {
    private static final int FRAMES = 16;
    private static final int CAUSES = 32;
    private static final int LETTERS = 512;

    static Fingerprints of(SentryEvent event) {
        Throwable thrown = event.getThrowable();
        long own = hash(event.getFingerprints());
        if (thrown != null) {
            return of(thrown, own);
        }
        Message message = event.getMessage();
        List<SentryException> exceptions = event.getExceptions();
        SentryException first = exceptions == null || exceptions.isEmpty() ? null : exceptions.get(0);
        long error = mix(mix(own, hash(event.getLevel())), hash(event.getLogger()));
        long content = error;
        if (message != null) {
            String formatted = message.getFormatted();
            String template = message.getMessage();
            error = mix(error, text(template == null ? formatted : template));
            content = mix(mix(content, text(formatted == null ? template : formatted)), hash(message.getParams()));
        }
        if (first != null) {
            error = mix(mix(error, text(first.getType())), hash(first.getModule()));
            content = mix(mix(mix(content, text(first.getType())), hash(first.getModule())), text(first.getValue()));
        }
        return new Fingerprints(error, message == null && first == null ? 0 : content);
    }

    private static Fingerprints of(Throwable thrown, long own) {
        Throwable root = root(thrown);
        long cause = frames(mix(own, hash(root.getClass().getName())), root.getStackTrace());
        long content = mix(cause, text(root.getMessage()));
        if (root == thrown) {
            return new Fingerprints(cause, content);
        }
        long error = mix(cause, hash(thrown.getClass().getName()));
        return new Fingerprints(frames(error, thrown.getStackTrace()), content);
    }

    /** Of a chain that bites its own tail, or has no end in sight, some link of it. */
    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        for (int i = 0; i < CAUSES; i++) {
            Throwable cause = root.getCause();
            if (cause == null) {
                return root;
            }
            root = cause;
        }
        return root;
    }

    private static long frames(long hash, StackTraceElement[] frames) {
        long mixed = hash;
        int left = FRAMES;
        for (StackTraceElement frame : frames) {
            String type = frame.getClassName();
            // How the JVM calls by reflection changes while it runs.
            if (type.startsWith("jdk.internal.reflect.")) {
                continue;
            }
            mixed = mix(
                    mixed,
                    ((long) type.hashCode() << 32) | (frame.getMethodName().hashCode() & 0xFFFF_FFFFL));
            mixed = mix(mixed, frame.getLineNumber());
            if (--left == 0) {
                break;
            }
        }
        return mixed;
    }

    /** Two texts of one {@code hashCode} are easily found, so it is not enough by itself. */
    private static long text(@Nullable String text) {
        if (text == null) {
            return 1;
        }
        long mixed = mix(text.length(), text.hashCode());
        for (int i = 0; i < Math.min(text.length(), LETTERS); i++) {
            mixed = (mixed + text.charAt(i)) * 0xD134_2543_DE82_EF95L;
        }
        return mixed;
    }

    private static int hash(@Nullable Object value) {
        return value == null ? 0 : value.hashCode();
    }

    private static long mix(long hash, long more) {
        long mixed = (hash ^ more) * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ (mixed >>> 32);
    }
}
