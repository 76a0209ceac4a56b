package dev.vitals.health.checks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The client that a check sends with: the application's own, or one for the check alone. The latter is made by the first
 * run. Its threads are daemons; those that work end when they are idle, and the one that selects when the check is garbage.
 */
final class Client {
    private final @Nullable HttpClient given;
    private @Nullable HttpClient own;

    private Client(@Nullable HttpClient given) {
        this.given = given;
    }

    static Client own() {
        return new Client(null);
    }

    static Client of(@Nullable HttpClient client) {
        HttpClient given = Options.given(client, "client(null): leave the option out, and the check makes its own");
        if (given.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the client follows redirects by itself, to whatever host: build it with"
                    + " followRedirects(HttpClient.Redirect.NEVER)");
        }
        return new Client(given);
    }

    synchronized HttpClient get() {
        if (given != null) {
            return given;
        }
        HttpClient client = own;
        if (client == null) {
            // HTTP/1.1: an upgrade that is asked for on each new plain connection confuses some servers, and says
            // nothing.
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .executor(workers())
                    .build();
            own = client;
        }
        return client;
    }

    /**
     * Looks the host up on the calling thread. The client's workers would block in it otherwise, one more in each run while
     * the resolver hangs; here it is the check's one thread. The client then finds it in the JVM's cache.
     */
    void lookUp(URI uri) throws IOException {
        if (given == null && direct(uri)) {
            InetAddress.getByName(uri.getHost());
        }
    }

    private static boolean direct(URI uri) {
        ProxySelector selector = ProxySelector.getDefault();
        if (selector == null) {
            return true;
        }
        List<Proxy> proxies = selector.select(uri);
        return proxies.isEmpty() || proxies.get(0).type() == Proxy.Type.DIRECT;
    }

    private static ThreadPoolExecutor workers() {
        return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            var thread = new Thread(task, "vitals-check-client");
            thread.setDaemon(true);
            return thread;
        });
    }
}
