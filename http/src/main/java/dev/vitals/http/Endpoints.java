package dev.vitals.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Several endpoints as one, with the HTTP logic that is the same on every server: 404 for a path that nobody answers,
 * 405 with {@code Allow} for a method (RFC 9110, section 15.5.6), HEAD wherever GET is, a bare 500 for an endpoint that
 * throws, and 503 where one endpoint has 64 requests under way already, so that one that hangs cannot take all threads
 * of a server. Safe for use by many threads. An adapter hands each request to {@link #handle}, and leaves out the body of
 * an answer to HEAD.
 */
public final class Endpoints {
    private static final System.Logger LOG = System.getLogger(Endpoints.class.getName());
    private static final String SUBTREE = "/*";

    static final int MOST_UNDER_WAY = 64;

    private record Served(Endpoint endpoint, AtomicInteger underWay) {}

    private record Subtree(String prefix, Served served) {
        boolean contains(String path) {
            return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
        }
    }

    private final Map<String, Served> exact = new HashMap<>();
    private final List<Subtree> subtrees = new ArrayList<>();
    private final Set<Class<?>> complainedOf = ConcurrentHashMap.newKeySet();
    private final LongAdder failures = new LongAdder();
    private final Response notFound = Response.text(404, "not found\n");
    private final Response failed = Response.text(500, "internal error\n");
    private final Response busy =
            Response.text(503, "too many requests under way\n").withHeader("Retry-After", "1");

    private Endpoints(List<? extends Endpoint> endpoints) {
        var claimed = new HashMap<String, Endpoint>();
        for (Endpoint endpoint : endpoints) {
            var served = new Served(endpoint, new AtomicInteger());
            for (String path : endpoint.paths()) {
                Endpoint other = claimed.put(path, endpoint);
                if (!path.startsWith("/") || other != null) {
                    throw new IllegalArgumentException(
                            other == null
                                    ? "the path \"" + path + "\" must begin with \"/\""
                                    : "the path " + path + " is claimed by both "
                                            + other.getClass().getName() + " and "
                                            + endpoint.getClass().getName() + ": leave one of them out");
                }
                if (path.endsWith(SUBTREE)) {
                    subtrees.add(new Subtree(path.substring(0, path.length() - SUBTREE.length()), served));
                } else {
                    exact.put(path, served);
                }
            }
        }
        subtrees.sort(
                Comparator.comparingInt((Subtree subtree) -> subtree.prefix().length())
                        .reversed());
    }

    /**
     * {@return these endpoints as one}
     *
     * @param endpoints in any order: an exact path goes before a subtree, a longer subtree before a shorter one
     * @throws IllegalArgumentException if two of them claim the same path, or a path does not begin with {@code /}
     */
    public static Endpoints of(Endpoint... endpoints) {
        return new Endpoints(List.of(endpoints));
    }

    /**
     * {@return these endpoints as one}
     *
     * @param endpoints in any order: an exact path goes before a subtree, a longer subtree before a shorter one
     * @throws IllegalArgumentException if two of them claim the same path, or a path does not begin with {@code /}
     */
    public static Endpoints of(List<? extends Endpoint> endpoints) {
        return new Endpoints(List.copyOf(endpoints));
    }

    /** {@return how often an endpoint has thrown so far} */
    public long failures() {
        return failures.sum();
    }

    /**
     * Answers a request. Never throws.
     *
     * @param request the request
     * @return the answer; for a HEAD the one that GET would have, whose body the adapter leaves out
     */
    public Response handle(Request request) {
        Object culprit = this;
        try {
            Served served = find(request.path());
            if (served == null) {
                return notFound;
            }
            culprit = served.endpoint();
            Set<String> methods = served.endpoint().methods();
            String method = request.method();
            boolean answered = methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
            return answered ? handle(request, served) : notAllowed(methods);
        } catch (Throwable thrown) {
            return failed(culprit, thrown);
        }
    }

    private Response handle(Request request, Served served) throws Exception {
        if (served.underWay().incrementAndGet() > MOST_UNDER_WAY) {
            served.underWay().decrementAndGet();
            return busy;
        }
        try {
            return served.endpoint().handle(request);
        } finally {
            served.underWay().decrementAndGet();
        }
    }

    private @Nullable Served find(String path) {
        Served served = exact.get(path);
        if (served != null) {
            return served;
        }
        for (int i = 0; i < subtrees.size(); i++) {
            if (subtrees.get(i).contains(path)) {
                return subtrees.get(i).served();
            }
        }
        return null;
    }

    private static Response notAllowed(Set<String> methods) {
        var allowed = new TreeSet<>(methods);
        if (methods.contains("GET")) {
            allowed.add("HEAD");
        }
        return Response.text(405, "method not allowed\n").withHeader("Allow", String.join(", ", allowed));
    }

    private Response failed(Object culprit, Throwable thrown) {
        failures.increment();
        if (complainedOf.add(culprit.getClass())) {
            // Class names only: a message may hold what the request held.
            LOG.log(
                    System.Logger.Level.ERROR,
                    "{0} threw {1}; its client got a bare 500, and this is logged once",
                    culprit.getClass().getName(),
                    thrown.getClass().getName());
        }
        return failed;
    }
}
