package dev.vitals.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, as every adapter shows it to endpoints and observers: a view on the server's own object, never a
 * copy of it. It carries no body; nothing that Vitals serves reads one.
 *
 * <p>Nothing in here is to be trusted: every value is what a client sent. A view is valid while its request is under
 * way, and is read by one thread at a time.
 */
public interface Request {
    /** {@return the method as sent, case kept} */
    String method();

    /** {@return the decoded path, beginning with {@code /} and without the query} */
    String path();

    /** {@return the query as sent, without the question mark, or null where there is none} */
    @Nullable
    String query();

    /** {@return {@code http} or {@code https}} */
    String scheme();

    /** {@return the protocol as the request line names it, for example {@code HTTP/1.1}} */
    String protocol();

    /**
     * {@return every value of a header in the order sent, empty where there is none}
     *
     * @param name the header's name, in any case
     */
    List<String> headers(String name);

    /**
     * {@return the first value of a header, or null where there is none}
     *
     * @param name the header's name, in any case
     */
    default @Nullable String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** {@return the address of the other end of the connection (a proxy's, where there is one), or null if unknown} */
    @Nullable
    String remoteAddress();

    /**
     * {@return the first value of a query parameter, percent-decoded, or null where it is missing or malformed}
     *
     * @param name the parameter's name
     */
    default @Nullable String queryParameter(String name) {
        return Query.parameter(query(), name);
    }

    /**
     * {@return every value of a query parameter in the order sent, percent-decoded, malformed ones left out; empty where
     * it is missing}
     *
     * @param name the parameter's name
     */
    default List<String> queryParameters(String name) {
        return Query.parameters(query(), name);
    }
}
