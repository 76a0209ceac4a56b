package dev.vitals.http.servlet;

import dev.vitals.http.Endpoint;
import dev.vitals.http.Endpoints;
import dev.vitals.http.Response;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/**
 * Serves endpoints on a servlet container. An endpoint is found by its path within the context, whatever the servlet
 * is mapped to: map it to the paths that the endpoints declare, which read the same as servlet mappings, or to more.
 * What no endpoint answers below a mapping is 404. It never blocks and may be registered with or without support for
 * asynchronous requests. Safe for use by many threads.
 *
 * <pre>{@code
 * context.addServlet("vitals", new VitalsServlet(HealthEndpoint.of(health))).addMapping("/health/*");
 * }</pre>
 */
public final class VitalsServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Containers have not written servlets to disk for decades; the superclass is still serialisable. */
    private final transient Endpoints endpoints;

    /**
     * Makes a servlet.
     *
     * @param endpoints what it serves
     * @throws IllegalArgumentException if two of them claim the same path, or a path does not begin with {@code /}
     */
    public VitalsServlet(Endpoint... endpoints) {
        this(Endpoints.of(endpoints));
    }

    /**
     * Makes a servlet.
     *
     * @param endpoints what it serves
     */
    public VitalsServlet(Endpoints endpoints) {
        this.endpoints = Objects.requireNonNull(endpoints, "endpoints");
    }

    /**
     * Answers one request, of any method.
     *
     * @throws IOException if the client has gone
     */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Response answer = endpoints.handle(new ServletRequestView(request));
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(answer.length());
        if (!request.getMethod().equals("HEAD")) {
            answer.writeTo(response.getOutputStream());
        }
    }
}
