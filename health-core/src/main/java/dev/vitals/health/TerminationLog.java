package dev.vitals.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps a small file with the last changes, newest first, and what hangs now and where. Kubernetes shows the file
 * {@code /dev/termination-log} of a container in {@code kubectl describe}, up to 4,096 bytes of it.
 */
final class TerminationLog implements HealthListener {
    private static final int MOST_BYTES = 4096;
    private static final int MOST_CHANGES = 32;
    private static final int NEWEST = 4;
    private static final int LONGEST_LINE = 400;

    private final Path file;
    private final Deque<String> changes = new ArrayDeque<>();
    private final Map<String, String> hangs = new LinkedHashMap<>();
    private boolean complained;

    TerminationLog(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        boolean usable = Files.exists(file)
                ? Files.isRegularFile(file) && Files.isWritable(file)
                : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!usable) {
            throw new IllegalArgumentException(
                    "cannot write to \"" + file + "\": name a file in a folder that exists and may be written to");
        }
        this.file = file;
    }

    @Override
    public void onChanged(HealthReport.Check before, HealthReport.Check after) {
        changes.addFirst(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + TransitionLog.describe(before, after));
        if (changes.size() > MOST_CHANGES) {
            changes.removeLast();
        }
        hangs.remove(after.name());
        write();
    }

    @Override
    public void onCompleted(HealthReport.Check after) {
        HealthReport.Hang hang = after.hang();
        String now = hang == null || hang.stack().isEmpty()
                ? null
                : after.name() + " hangs at "
                        + String.join(
                                ", called by ",
                                hang.stack().subList(0, Math.min(8, hang.stack().size())));
        String before = now == null ? hangs.remove(after.name()) : hangs.put(after.name(), now);
        if (now == null ? before != null : !now.equals(before)) {
            write();
        }
    }

    private static void append(StringBuilder text, String line, int most) {
        text.append(line, 0, Math.min(line.length(), most)).append('\n');
    }

    private void write() {
        // What happened last first, since that is why; then where it hangs, and what was before.
        var text = new StringBuilder();
        changes.stream().limit(NEWEST).forEach(line -> append(text, line, LONGEST_LINE));
        int most = hangs.isEmpty() ? 0 : Math.max(80, MOST_BYTES / 2 / hangs.size());
        hangs.values().forEach(line -> append(text, line, most));
        changes.stream().skip(NEWEST).forEach(line -> append(text, line, LONGEST_LINE));
        byte[] bytes = text.toString().getBytes(UTF_8);
        try {
            // In place: in a container the file is a mount of its own, and cannot be replaced.
            Files.write(file, bytes.length <= MOST_BYTES ? bytes : Arrays.copyOf(bytes, wholeCharacters(bytes)));
            complained = false;
        } catch (IOException | RuntimeException failed) {
            if (!complained) {
                complained = true;
                Engine.complain("writing the termination log", failed);
            }
        }
    }

    /** How many bytes are within the limit and cut no character of UTF-8 in two. */
    private static int wholeCharacters(byte[] bytes) {
        int end = MOST_BYTES;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return end;
    }
}
