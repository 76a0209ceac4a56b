package dev.vitals.examples.orders;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who answers a request, and turns what they throw into an answer. */
final class Router implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    /** Answers requests; is given the last segment of the path. */
    @FunctionalInterface
    interface Action {
        Reply answer(HttpExchange exchange, String parameter) throws Exception;
    }

    /** A request that is not answered with 200: the client's fault, or that of something the service needs. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;
        private final String reason;

        Refusal(int status, String reason) {
            super(reason);
            this.status = status;
            this.reason = reason;
        }

        Refusal(int status, String reason, Exception cause) {
            this(status, reason);
            initCause(cause);
        }
    }

    private final Map<String, Action> actions;
    private final AtomicLong nextComplaint = new AtomicLong(System.nanoTime());

    /** Takes actions by method and path, such as {@code POST /orders} or {@code GET /orders/} for all below it. */
    Router(Map<String, Action> actions) {
        this.actions = Map.copyOf(actions);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                answer(exchange).send(exchange);
            } catch (Refusal refusal) {
                if (refusal.getCause() != null && mayComplain()) {
                    LOG.warn(
                            "{}, and so for all like it in the next 5 s: {}",
                            refusal.reason,
                            refusal.getCause().toString());
                }
                Reply.error(refusal.status, refusal.reason).send(exchange);
            } catch (RuntimeException unexpected) {
                LOG.error("a request failed", unexpected);
                // The JDK's server drops the connection of a handler that throws: the client must know.
                exchange.getResponseHeaders().set("Connection", "close");
                Reply.error(500, "something went wrong").send(exchange);
                // Those who watch see the error itself.
                throw unexpected;
            }
        }
    }

    /** An outage fails many requests a second, all for one reason. */
    private boolean mayComplain() {
        long now = System.nanoTime();
        long next = nextComplaint.get();
        return now - next >= 0 && nextComplaint.compareAndSet(next, now + 5_000_000_000L);
    }

    private Reply answer(HttpExchange exchange) throws Refusal {
        String path = exchange.getRequestURI().getPath();
        int lastSegment = path.lastIndexOf('/') + 1;
        String parameter = lastSegment > 1 ? path.substring(lastSegment) : "";
        String place = parameter.isEmpty() ? path : path.substring(0, lastSegment);
        Action action = actions.get(exchange.getRequestMethod() + " " + place);
        if (action == null) {
            boolean known = actions.keySet().stream().anyMatch(route -> route.endsWith(" " + place));
            throw known
                    ? new Refusal(405, exchange.getRequestMethod() + " does not work here")
                    : new Refusal(404, "there is nothing here");
        }
        try {
            return action.answer(exchange, parameter);
        } catch (Refusal | RuntimeException asItIs) {
            throw asItIs;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "the service is stopping", stopping);
        } catch (Exception unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
