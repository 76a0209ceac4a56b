package dev.vitals.http.servlet;

import dev.vitals.http.RequestObserver.Scope;
import dev.vitals.http.RequestObservers;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@link RequestObservers} watch an application on a servlet container. A request ends when the chain returns, or,
 * where the application went asynchronous, when the container says that it is complete. What the application throws is
 * thrown on as it is, and noted without the {@link ServletException} that a framework wrapped around it. Safe for use by many threads.
 *
 * <p>Where that is the container's own word for a client that went away (Tomcat's, Jetty's, Undertow's or Spring's), the
 * end of the request is {@link dev.vitals.http.Outcome.Kind#ABORTED}; an application that keeps it to itself has
 * answered. A broken connection to another service is the application's failure.
 *
 * <p>Map it first, so that it sees what other filters do, with support for asynchronous requests on; map it to the
 * dispatcher types {@code REQUEST} and {@code ASYNC}, so that context also stands on the thread that takes up an
 * asynchronous request again. Whatever it is mapped to, it counts a request once.
 *
 * <pre>{@code
 * var filter = context.addFilter("vitals", new VitalsFilter(observers, request -> routes.apply(request)));
 * filter.setAsyncSupported(true);
 * filter.addMappingForUrlPatterns(EnumSet.of(REQUEST, ASYNC), false, "/*");
 * }</pre>
 */
public final class VitalsFilter implements Filter {
    private static final System.Logger LOG = System.getLogger(VitalsFilter.class.getName());

    private final RequestObservers observers;
    private final Function<? super HttpServletRequest, @Nullable String> route;
    private final AtomicBoolean complained = new AtomicBoolean();
    private volatile String attribute = VitalsFilter.class.getName();

    /**
     * Makes a filter.
     *
     * @param observers who watches
     * @param route tells the low-cardinality route that served a request, asked at its end, or null where none did: a
     *     web framework usually leaves it in a request attribute. Never a raw path
     */
    public VitalsFilter(RequestObservers observers, Function<? super HttpServletRequest, @Nullable String> route) {
        this.observers = Objects.requireNonNull(observers, "observers");
        this.route = Objects.requireNonNull(route, "route");
    }

    /** Takes the filter's name, so that two of them do not mistake each other's requests for their own. */
    @Override
    public void init(FilterConfig config) {
        attribute = VitalsFilter.class.getName() + "." + config.getFilterName();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse answer)) {
            chain.doFilter(request, response);
        } else if (!(request.getAttribute(attribute) instanceof Watch known)) {
            watch(http, answer, chain);
        } else if (request.getDispatcherType() == DispatcherType.ASYNC) {
            resume(known, http, answer, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void watch(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var watch = new Watch(observers.start(new ServletRequestView(request)), request, response, route);
        boolean failed = false;
        Scope scope = watch.observed().enter();
        try {
            request.setAttribute(attribute, watch);
            watch.observed().responseHeaders().forEach((name, value) -> set(response, name, value));
            chain.doFilter(request, response);
        } catch (Throwable thrown) {
            failed = true;
            watch.failed(thrown);
            throw thrown;
        } finally {
            try {
                // Not every container tells its listeners of a completion after this.
                if (failed || !watch.endsLater()) {
                    watch.end();
                }
            } finally {
                scope.close();
            }
        }
    }

    /** An asynchronous request comes back to the container's threads; its end is for the listener to tell. */
    private static void resume(Watch watch, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Scope scope = watch.observed().enter();
        try {
            chain.doFilter(request, response);
        } catch (Throwable thrown) {
            watch.failed(thrown);
            throw thrown;
        } finally {
            scope.close();
        }
    }

    /** A container, or a filter before this one, may refuse a header: the application's request goes on without it. */
    private void set(HttpServletResponse response, String name, String value) {
        try {
            response.setHeader(name, value);
        } catch (RuntimeException refused) {
            if (complained.compareAndSet(false, true)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the response refused the header {0} of an observer with {1}: it is left out, and this is logged once",
                        name,
                        refused.getClass().getName());
            }
        }
    }
}
