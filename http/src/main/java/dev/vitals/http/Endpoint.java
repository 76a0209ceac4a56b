package dev.vitals.http;

import java.util.List;
import java.util.Set;

/**
 * Something that is served over HTTP: it says where, and answers.
 *
 * <p>Implementations are called by many threads at once and must neither block nor wait: an adapter may cut off an
 * answer that takes longer than two seconds.
 */
public interface Endpoint {
    /**
     * The paths that this endpoint answers, fixed for its lifetime.
     *
     * @return paths that begin with {@code /}; {@code /health/*} stands for {@code /health} and everything below it
     */
    List<String> paths();

    /**
     * The methods that this endpoint answers, fixed for its lifetime. HEAD always comes with GET.
     *
     * @return upper-case method names; GET by default
     */
    default Set<String> methods() {
        return Set.of("GET");
    }

    /**
     * Answers one request whose path and method are among those declared.
     *
     * @param request the request
     * @return the answer, the one for GET also where the request is a HEAD
     * @throws Exception for whatever goes wrong; the client then sees a bare 500
     */
    Response handle(Request request) throws Exception;
}
