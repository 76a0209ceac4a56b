package dev.vitals.http.servlet;

import dev.vitals.http.Request;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A servlet container's request as endpoints and observers see it. */
record ServletRequestView(HttpServletRequest request) implements Request {
    @Override
    public String method() {
        return request.getMethod();
    }

    /**
     * The path within the context, whatever the mapping: both parts together, decoded and normalised by the container,
     * are the request URI without the context path and path parameters (Servlet 6.1, section 3.5).
     */
    @Override
    public String path() {
        String mapped = request.getServletPath();
        String rest = request.getPathInfo();
        String path = rest == null ? mapped : mapped + rest;
        return path.isEmpty() ? "/" : path;
    }

    @Override
    public @Nullable String query() {
        return request.getQueryString();
    }

    @Override
    public String scheme() {
        return request.getScheme();
    }

    @Override
    public String protocol() {
        return request.getProtocol();
    }

    @Override
    public List<String> headers(String name) {
        Enumeration<String> values = request.getHeaders(name);
        return values == null ? List.of() : Collections.list(values);
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public @Nullable String remoteAddress() {
        return request.getRemoteAddr();
    }
}
