package dev.vitals.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Several endpoints as one, with the HTTP logic that is the same on every server: 404 for a path that nobody answers,
 * 405 with {@code Allow} for a method (RFC 9110, section 15.5.6), HEAD wherever GET is, and a bare 500 for an endpoint
 * that throws. Immutable and safe for use by many threads. An adapter hands each request to {@link #handle}, and
 * leaves out the body of an answer to HEAD.
 */
public final class Endpoints {
    private static final System.Logger LOG = System.getLogger(Endpoints.class.getName());
    private static final String SUBTREE = "/*";

    private record Subtree(String prefix, Endpoint endpoint) {
        boolean contains(String path) {
            return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
        }
    }

    private final Map<String, Endpoint> exact = new HashMap<>();
    private final List<Subtree> subtrees = new ArrayList<>();
    private final Set<Class<?>> complainedOf = ConcurrentHashMap.newKeySet();
    private final LongAdder failures = new LongAdder();
    private final Response notFound = Response.text(404, "not found\n");
    private final Response failed = Response.text(500, "internal error\n");

    private Endpoints(List<? extends Endpoint> endpoints) {
        var claimed = new HashMap<String, Endpoint>();
        for (Endpoint endpoint : endpoints) {
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
                    subtrees.add(new Subtree(path.substring(0, path.length() - SUBTREE.length()), endpoint));
                } else {
                    exact.put(path, endpoint);
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
            Endpoint endpoint = find(request.path());
            if (endpoint == null) {
                return notFound;
            }
            culprit = endpoint;
            Set<String> methods = endpoint.methods();
            String method = request.method();
            boolean answered = methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
            return answered ? endpoint.handle(request) : notAllowed(methods);
        } catch (Throwable thrown) {
            return failed(culprit, thrown);
        }
    }

    private @Nullable Endpoint find(String path) {
        Endpoint endpoint = exact.get(path);
        if (endpoint != null) {
            return endpoint;
        }
        for (int i = 0; i < subtrees.size(); i++) {
            if (subtrees.get(i).contains(path)) {
                return subtrees.get(i).endpoint();
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
