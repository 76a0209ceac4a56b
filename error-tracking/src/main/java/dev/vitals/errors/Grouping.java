package dev.vitals.errors;

import dev.vitals.scrubbing.Scrubber;
import io.sentry.SentryEvent;
import io.sentry.protocol.Message;
import io.sentry.protocol.SentryException;
import io.sentry.protocol.SentryStackFrame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What errors of one kind have in common: exceptions' classes and the frames of the application, or the template of a
 * message; without what is private, without numbers and ids, and without what generated classes are called. Pure.
 */
final class Grouping {
    private static final int FRAMES = 8;
    /** From here on letters and digits together are an id: no word is as long without a letter beyond f. */
    private static final int ID = 8;

    private Grouping() {}

    /** A fingerprint for Sentry, empty where there is nothing to tell by. */
    static List<String> of(SentryEvent event, Scrubber scrubber) {
        var parts = new ArrayList<String>();
        List<SentryException> exceptions = event.getExceptions();
        if (exceptions != null) {
            for (SentryException exception : exceptions) {
                parts.add(generic(exception.getModule()) + "." + generic(exception.getType()));
                frames(exception, parts);
            }
        } else if (event.getMessage() != null) {
            Message message = event.getMessage();
            String text = message.getMessage() == null ? message.getFormatted() : message.getMessage();
            if (event.getLogger() != null) {
                parts.add(event.getLogger());
            }
            parts.add(withoutIds(scrubber.scrub(text == null ? "" : text)));
        }
        return parts;
    }

    /** The topmost, which stand last; the application's own where it has any there. */
    private static void frames(SentryException exception, List<String> parts) {
        List<SentryStackFrame> frames = exception.getStacktrace() == null
                ? null
                : exception.getStacktrace().getFrames();
        if (frames == null) {
            return;
        }
        boolean own = frames.stream().anyMatch(frame -> Boolean.TRUE.equals(frame.isInApp()));
        int taken = 0;
        for (int i = frames.size() - 1; i >= 0 && taken < FRAMES; i--) {
            SentryStackFrame frame = frames.get(i);
            if (!own || Boolean.TRUE.equals(frame.isInApp())) {
                parts.add(generic(frame.getModule()) + "." + generic(frame.getFunction()));
                taken++;
            }
        }
    }

    /** {@code Orders$$Lambda/0x7f}, {@code Orders$$SpringCGLIB$$0} and {@code $Proxy12} without what differs in each process. */
    static String generic(@Nullable String name) {
        String text = name == null ? "" : name;
        int generated = text.indexOf("$$");
        String kept = generated < 0 ? text : text.substring(0, generated);
        var generic = new StringBuilder(kept.length());
        for (int i = 0; i < kept.length(); i++) {
            if (!isDigit(kept.charAt(i))) {
                generic.append(kept.charAt(i));
            }
        }
        return generic.toString();
    }

    /** Numbers and ids become {@code #}. */
    static String withoutIds(String text) {
        var generic = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int end = i;
            boolean digits = false;
            boolean hexadecimal = true;
            while (end < text.length() && isPart(text.charAt(end))) {
                char c = text.charAt(end++);
                digits |= isDigit(c);
                hexadecimal &= isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '-';
            }
            if (end == i) {
                generic.append(text.charAt(i++));
                continue;
            }
            boolean id = digits && (hexadecimal || end - i >= ID);
            generic.append(id ? "#" : text.substring(i, end));
            i = end;
        }
        return generic.toString();
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
