package dev.vitals.health.checks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;

/** The server's side of RFC 6455, as far as a ping goes. */
final class WebSocketServer {
    static final int PING = 9;
    static final int PONG = 10;
    static final int CLOSE = 8;
    static final int TEXT = 1;

    /** A frame that came, with its payload unmasked. */
    static final class Frame {
        final int opcode;
        final byte[] payload;

        private Frame(int opcode, byte[] payload) {
            this.opcode = opcode;
            this.payload = payload;
        }
    }

    private WebSocketServer() {}

    /** Answers the opening handshake, and keeps the header lines that came. */
    static void open(Socket socket, Collection<String> headers) throws Exception {
        String key = "";
        String subprotocol = "";
        for (String line = line(socket); !line.isEmpty(); line = line(socket)) {
            headers.add(line);
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("sec-websocket-key:")) {
                key = line.substring(line.indexOf(':') + 1).strip();
            } else if (lower.startsWith("sec-websocket-protocol:")) {
                subprotocol = line + "\r\n";
            }
        }
        byte[] digest = MessageDigest.getInstance("SHA-1")
                .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII));
        String accept = Base64.getEncoder().encodeToString(digest);
        socket.getOutputStream()
                .write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + subprotocol + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n")
                        .getBytes(US_ASCII));
    }

    static Frame read(Socket socket) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        int opcode = in.readUnsignedByte() & 15;
        var payload = new byte[in.readUnsignedByte() & 127];
        var mask = new byte[4];
        in.readFully(mask);
        in.readFully(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return new Frame(opcode, payload);
    }

    static void write(Socket socket, int opcode, byte[] payload) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(new byte[] {(byte) (128 | opcode), (byte) payload.length});
        out.write(payload);
        out.flush();
    }

    private static String line(Socket socket) throws IOException {
        var line = new StringBuilder();
        for (int next = socket.getInputStream().read();
                next != '\n' && next >= 0;
                next = socket.getInputStream().read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
