package dev.vitals.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A small server, on the JDK's own, that serves endpoints on a port of their own. It holds no thread while idle, and
 * no client holds one of its threads for more than two seconds: a slow client, or an endpoint that hangs, is cut off.
 *
 * <p>It binds to 127.0.0.1 unless told otherwise. Kubelet and Prometheus come over the pod's address, so in a
 * container it wants {@code host("0.0.0.0")}. Safe for use by many threads.
 */
public final class ManagementServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ManagementServer.class.getName());
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";
    private static final int BACKLOG = 256;

    private final HttpServer server;
    private final ExchangeThreads threads = new ExchangeThreads();
    private final Endpoints endpoints;
    private final boolean onLoopback;
    private final Response foreignHost = Response.text(403, "forbidden: the Host header does not name this machine\n");

    private ManagementServer(HttpServer server, Endpoints endpoints) {
        this.server = server;
        this.endpoints = endpoints;
        this.onLoopback = server.getAddress().getAddress().isLoopbackAddress();
    }

    /** {@return a builder for a server on 127.0.0.1, port 8081, without an endpoint} */
    public static Builder builder() {
        return new Builder(System.getenv());
    }

    /** {@return the port that the server listens on} */
    public int port() {
        return server.getAddress().getPort();
    }

    /** {@return the address to reach the server at from this machine, for example {@code http://127.0.0.1:8081}} */
    public String url() {
        InetAddress address = server.getAddress().getAddress();
        String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port();
    }

    /** {@return how often an endpoint has thrown so far, and its client got a bare 500} */
    public long failures() {
        return endpoints.failures();
    }

    /** Stops: waits up to two seconds for requests under way, then closes every connection. Never throws. */
    @Override
    public void close() {
        threads.awaitQuiet(ExchangeThreads.LIMIT_NANOS);
        server.stop(0);
        threads.close();
    }

    private void serve(HttpExchange exchange) {
        try (exchange) {
            boolean mayPass = !onLoopback
                    || HostGuard.isLocal(exchange.getRequestHeaders().getFirst("Host"));
            send(exchange, mayPass ? endpoints.handle(new JdkRequest(exchange)) : foreignHost);
        } catch (IOException clientGone) {
            LOG.log(System.Logger.Level.TRACE, "a client left before its answer", clientGone);
        }
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        response.headers()
                .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(response.length()));
            exchange.sendResponseHeaders(response.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(response.status(), response.length() == 0 ? -1 : response.length());
        if (response.length() > 0) {
            try (OutputStream body = exchange.getResponseBody()) {
                response.writeTo(body);
            }
        }
    }

    /** Says what to serve, and where. Used by one thread. */
    public static final class Builder {
        private final Map<String, String> environment;
        private final List<Endpoint> endpoints = new ArrayList<>();
        private String host = "127.0.0.1";
        private int port = 8081;

        Builder(Map<String, String> environment) {
            this.environment = environment;
        }

        /**
         * Where to listen.
         *
         * @param address a literal address or a name of this machine; {@code 0.0.0.0} for all of its addresses
         * @return this
         */
        public Builder host(String address) {
            host = Objects.requireNonNull(address, "address");
            return this;
        }

        /**
         * The port to listen on.
         *
         * @param number 0 to 65535; with 0 the system picks a free one, and {@link ManagementServer#port} tells
         * @return this
         * @throws IllegalArgumentException if the number is out of range
         */
        public Builder port(int number) {
            if (number < 0 || number > 65535) {
                throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + number);
            }
            port = number;
            return this;
        }

        /**
         * Serves one endpoint more.
         *
         * @param endpoint the endpoint
         * @return this
         */
        public Builder endpoint(Endpoint endpoint) {
            endpoints.add(Objects.requireNonNull(endpoint, "endpoint"));
            return this;
        }

        /**
         * {@return the server, listening}
         *
         * @throws IllegalArgumentException if the host is unknown, there is no endpoint, or two claim the same path
         * @throws UncheckedIOException if the port cannot be had; the message names it
         */
        public ManagementServer start() {
            if (endpoints.isEmpty()) {
                throw new IllegalArgumentException("there is nothing to serve: give the server an endpoint");
            }
            // Without it each answer waits for the client's delayed acknowledgement: 44 ms. Holds for the whole JVM,
            // so an application that set it keeps its own choice.
            if (System.getProperty(NO_DELAY) == null) {
                System.setProperty(NO_DELAY, "true");
            }
            Endpoints served = Endpoints.of(endpoints);
            var management = new ManagementServer(bind(), served);
            management.server.setExecutor(management.threads);
            management.server.createContext("/", management::serve);
            management.threads.start();
            management.server.start();
            warnIfOutOfReach(management);
            return management;
        }

        private HttpServer bind() {
            try {
                return HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), BACKLOG);
            } catch (UnknownHostException unknown) {
                throw new IllegalArgumentException("the host \"" + host + "\" is unknown on this machine", unknown);
            } catch (BindException taken) {
                throw new UncheckedIOException(
                        "port " + port + " on " + host + " cannot be had (" + taken.getMessage()
                                + "): stop what listens there, or choose another port",
                        taken);
            } catch (IOException failed) {
                throw new UncheckedIOException("cannot listen on " + host + ":" + port, failed);
            }
        }

        private void warnIfOutOfReach(ManagementServer management) {
            if (management.onLoopback && environment.containsKey("KUBERNETES_SERVICE_HOST")) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "this runs in Kubernetes, and the management server listens on {0} alone: kubelet and Prometheus"
                                + " come over the pod''s address and cannot reach it; set host(\"0.0.0.0\")",
                        host);
            }
        }
    }
}
