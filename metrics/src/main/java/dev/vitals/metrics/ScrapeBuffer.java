package dev.vitals.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/** Takes the bytes of a scrape into an array that grows up to a bound. Used by one thread. */
final class ScrapeBuffer extends OutputStream {
    static final int SMALLEST = 32 * 1024;

    private final int largest;
    private byte[] bytes;
    private int length;

    /** A scrape has more bytes than it may have. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        TooLarge(int largest) {
            super("the metrics of this process are more than " + largest + " bytes");
        }
    }

    ScrapeBuffer(byte[] bytes, int largest) {
        this.bytes = bytes;
        this.largest = largest;
    }

    static byte[] first(int largest) {
        return new byte[Math.min(SMALLEST, largest)];
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    @Override
    public void write(int oneByte) throws IOException {
        makeRoomFor(1);
        bytes[length++] = (byte) oneByte;
    }

    @Override
    public void write(byte[] more, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, more.length);
        makeRoomFor(count);
        System.arraycopy(more, offset, bytes, length, count);
        length += count;
    }

    private void makeRoomFor(int count) throws TooLarge {
        if (count > largest - length) {
            throw new TooLarge(largest);
        }
        int needed = length + count;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(largest, Math.max(2L * bytes.length, needed)));
        }
    }
}
