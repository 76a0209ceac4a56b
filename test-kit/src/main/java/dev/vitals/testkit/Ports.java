package dev.vitals.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports for servers that come back to theirs. They are below those that the system gives to clients, one of which
 * could have taken it meanwhile, or, trying to reach the stopped server, could have reached itself.
 */
final class Ports {
    private Ports() {}

    static int free() throws IOException {
        IOException last = new IOException("not tried");
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                last = taken;
            }
        }
        throw last;
    }
}
