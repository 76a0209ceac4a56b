package dev.vitals.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;

/** Takes the bytes of one answer after the other, and makes nothing new for it. */
final class Sink extends OutputStream {
    private final byte[] bytes = new byte[1 << 23];
    private int length;

    Sink emptied() {
        length = 0;
        return this;
    }

    int length() {
        return length;
    }

    String text() {
        return new String(bytes, 0, length, UTF_8);
    }

    @Override
    public void write(int oneByte) {
        bytes[length++] = (byte) oneByte;
    }

    @Override
    public void write(byte[] more, int offset, int count) {
        System.arraycopy(more, offset, bytes, length, count);
        length += count;
    }
}
