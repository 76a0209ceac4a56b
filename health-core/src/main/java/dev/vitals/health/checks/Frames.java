package dev.vitals.health.checks;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a WebSocket, as far as a ping goes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.2">RFC 6455, section 5.2</a>
 */
final class Frames {
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    private static final int LAST = 0x80;
    private static final int MASKED = 0x80;
    private static final int LONGEST_CONTROL = 125;

    private Frames() {}

    /** A control frame of the client's, masked as those must be. */
    static byte[] control(int opcode, byte[] payload) {
        var mask = new byte[4];
        ThreadLocalRandom.current().nextBytes(mask);
        var frame = new byte[6 + payload.length];
        frame[0] = (byte) (LAST | opcode);
        frame[1] = (byte) (MASKED | payload.length);
        System.arraycopy(mask, 0, frame, 2, 4);
        for (int i = 0; i < payload.length; i++) {
            frame[6 + i] = (byte) (payload[i] ^ mask[i % 4]);
        }
        return frame;
    }

    /** The payload of the next frame if that is a pong; null for any other, which is passed over. */
    static byte @Nullable [] nextPong(Line line) throws IOException {
        int opcode = line.readOrFail() & 0x0f;
        int length = line.readOrFail();
        if (length >= MASKED) {
            throw new ProtocolException("a server's frame is not masked");
        }
        if (opcode >= CLOSE && length > LONGEST_CONTROL) {
            throw new ProtocolException("too long a control frame");
        }
        if (opcode == CLOSE) {
            throw new IOException("closed by the server");
        }
        if (opcode == PONG) {
            var payload = new byte[length];
            for (int i = 0; i < length; i++) {
                payload[i] = (byte) line.readOrFail();
            }
            return payload;
        }
        skip(line, length(line, length));
        return null;
    }

    private static long length(Line line, int first) throws IOException {
        int bytes = first == 126 ? 2 : first == 127 ? 8 : 0;
        long length = bytes == 0 ? first : 0;
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | line.readOrFail();
        }
        if (length < 0) {
            throw new ProtocolException("no length of a frame");
        }
        return length;
    }

    private static void skip(Line line, long bytes) throws IOException {
        for (long i = 0; i < bytes; i++) {
            line.readOrFail();
        }
    }
}
