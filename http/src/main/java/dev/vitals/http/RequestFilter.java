package dev.vitals.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.vitals.http.RequestObserver.Scope;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@link RequestObservers} watch an application that runs on the JDK's own {@code HttpServer}. Safe for use by
 * many threads; one filter may stand in several contexts.
 *
 * <pre>{@code
 * server.createContext("/orders", handler)
 *     .getFilters()
 *     .add(RequestFilter.of(observers, Routes.of("/orders", "/orders/{id}")));
 * }</pre>
 *
 * <p>A request ends when its handler returns. A handler that answers later, on another thread, is seen with status 0.
 * One whose client is gone when the handler writes to it, or reads from it, is {@link Outcome.Kind#ABORTED}, whatever
 * the handler makes of that.
 */
public final class RequestFilter extends Filter {
    private final RequestObservers observers;
    private final Function<? super Request, @Nullable String> routes;

    private RequestFilter(RequestObservers observers, Function<? super Request, @Nullable String> routes) {
        this.observers = Objects.requireNonNull(observers, "observers");
        this.routes = Objects.requireNonNull(routes, "routes");
    }

    /**
     * {@return a filter}
     *
     * @param observers who watches
     * @param routes tells a request's route, or null where none matches; needed because a context of the JDK's server
     *     is a mere prefix. {@link Routes} is one
     */
    public static RequestFilter of(RequestObservers observers, Function<? super Request, @Nullable String> routes) {
        return new RequestFilter(observers, routes);
    }

    @Override
    public String description() {
        return "Vitals request observers";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        var request = new JdkRequest(exchange);
        var observed = observers.start(request);
        var client = new ClientConnection();
        Throwable error = null;
        Scope scope = () -> {};
        try {
            observed.responseHeaders()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            client.watch(exchange);
            scope = observed.enter();
            chain.doFilter(exchange);
        } catch (Throwable thrown) {
            error = thrown;
            throw thrown;
        } finally {
            try {
                int status = status(exchange, error);
                String contentType = exchange.getResponseHeaders().getFirst("Content-Type");
                observed.end(route(request), status, error, Outcome.Kind.of(status, contentType, client.isGone(error)));
            } finally {
                scope.close();
            }
        }
    }

    private @Nullable String route(Request request) {
        try {
            return routes.apply(request);
        } catch (Throwable unknown) {
            return null;
        }
    }

    private static int status(HttpExchange exchange, @Nullable Throwable error) {
        int sent = exchange.getResponseCode();
        if (sent >= 0) {
            return sent;
        }
        return error != null ? 500 : 0;
    }
}
