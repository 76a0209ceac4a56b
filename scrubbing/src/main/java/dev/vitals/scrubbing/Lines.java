package dev.vitals.scrubbing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** A stream of lines, one out for each in, by the thread that calls: what is not taken is not read. */
final class Lines {
    /** The longest line that is read, in bytes. */
    static final int LONGEST = 1 << 20;

    // A secret that the cut goes through is no longer known for one: it stands within so many characters of the cut.
    static final int MARGIN = 512;

    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private final OutputStream out;
    private final UnaryOperator<String> scrubbing;
    private final int longest;
    private final byte[] read = new byte[CHUNK];
    private final byte[] written = new byte[CHUNK];
    private byte[] line = new byte[256];
    private int length;
    private int pending;
    private boolean tooLong;
    private long lines;

    private Lines(InputStream in, OutputStream out, UnaryOperator<String> scrubbing, int longest) {
        this.in = in;
        this.out = out;
        this.scrubbing = scrubbing;
        this.longest = longest;
    }

    static long scrub(InputStream in, OutputStream out, Scrubber scrubber) throws IOException {
        return scrub(in, out, new PemLines(scrubber)::scrub, LONGEST);
    }

    static long scrub(InputStream in, OutputStream out, UnaryOperator<String> scrubbing, int longest)
            throws IOException {
        return new Lines(in, out, scrubbing, longest).run();
    }

    private long run() throws IOException {
        while (true) {
            if (pending > 0 && in.available() <= 0) {
                flush();
            }
            int count = in.read(read);
            if (count < 0) {
                break;
            }
            int from = 0;
            for (int i = 0; i < count; i++) {
                if (read[i] == '\n') {
                    add(from, i);
                    end(true);
                    from = i + 1;
                }
            }
            add(from, count);
        }
        if (length > 0) {
            end(false);
        }
        flush();
        return lines;
    }

    private void add(int from, int to) {
        int count = Math.min(to - from, longest - length);
        tooLong |= count < to - from;
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.min(longest, Math.max(length + count, line.length * 2)));
        }
        System.arraycopy(read, from, line, length, count);
        length += count;
    }

    private void end(boolean newline) throws IOException {
        lines++;
        boolean carriageReturn = newline && !tooLong && length > 0 && line[length - 1] == '\r';
        int end = carriageReturn ? length - 1 : length;
        String before = new String(line, 0, end, StandardCharsets.UTF_8);
        String after = scrubbing.apply(before);
        if (tooLong) {
            after = after.substring(0, Math.max(0, after.length() - MARGIN)) + Labels.CUT;
        }
        if (after.equals(before)) {
            write(line, end); // as it was, also what is no UTF-8
        } else {
            // An application's replacement may have a line end in it.
            byte[] bytes = after.replace('\n', ' ').getBytes(StandardCharsets.UTF_8);
            write(bytes, bytes.length);
        }
        if (carriageReturn) {
            write(new byte[] {'\r'}, 1);
        }
        if (newline) {
            write(new byte[] {'\n'}, 1);
        }
        length = 0;
        tooLong = false;
    }

    private void write(byte[] bytes, int count) throws IOException {
        if (pending + count > written.length) {
            out.write(written, 0, pending);
            pending = 0;
        }
        if (count > written.length) {
            out.write(bytes, 0, count);
            return;
        }
        System.arraycopy(bytes, 0, written, pending, count);
        pending += count;
    }

    private void flush() throws IOException {
        out.write(written, 0, pending);
        pending = 0;
        out.flush();
    }
}
