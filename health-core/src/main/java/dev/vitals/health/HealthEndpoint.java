package dev.vitals.health;

import static java.util.Objects.requireNonNull;

import dev.vitals.http.Endpoint;
import dev.vitals.http.Request;
import dev.vitals.http.Response;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Serves a {@link HealthMonitor} over HTTP: {@code /health}, {@code /health/liveness}, {@code /health/readiness},
 * {@code /health/startup}, and {@code /health/{check}} for the authorised. Anybody gets the overall status of a probe
 * and nothing else; who gets more is for the {@link DetailsPolicy} to say. Safe for use by many threads.
 *
 * <p>How a body is written is for the client to choose: by {@code ?format=}, else by {@code Accept} (RFC 9110, section
 * 12.5.1), else it is the path's own {@link Format}. A client that wants none of them gets a 406 that names them.
 */
public final class HealthEndpoint implements Endpoint {
    private static final String BELOW = Probe.HEALTH.path() + "/";
    private static final BareBodies BARE = new BareBodies();
    static final Response NOT_FOUND = Response.text(404, "not found\n");
    private static final Response NOT_ACCEPTABLE = Response.text(
            406,
            Arrays.stream(Format.values())
                    .map(format -> "?format=" + format.queryName() + "  " + format.type() + "\n")
                    .collect(Collectors.joining("", "no such format; there are\n", "")));

    private final HealthMonitor monitor;
    private final DetailsPolicy policy;
    private final Format format;
    private final List<String> paths;
    private final Map<String, Route> routes;
    private final CheckBodies checkBodies;
    private final AtomicBoolean complained = new AtomicBoolean();

    private HealthEndpoint(Builder builder) {
        this.monitor = builder.monitor;
        this.policy = builder.policy;
        this.format = builder.format;
        this.checkBodies = new CheckBodies(monitor);
        this.routes = Routing.of(monitor, builder.format, builder.aliases);
        this.paths = Routing.paths(builder.aliases.keySet());
    }

    /**
     * {@return an endpoint that shows nobody any details}
     *
     * @param monitor whose health is served
     */
    public static HealthEndpoint of(HealthMonitor monitor) {
        return builder(monitor).build();
    }

    /**
     * {@return an endpoint}
     *
     * @param monitor whose health is served
     * @param policy who may read details
     */
    public static HealthEndpoint of(HealthMonitor monitor, DetailsPolicy policy) {
        return builder(monitor).details(policy).build();
    }

    /**
     * {@return a builder for an endpoint without aliases, that shows nobody any details}
     *
     * @param monitor whose health is served
     */
    public static Builder builder(HealthMonitor monitor) {
        return new Builder(monitor);
    }

    @Override
    public List<String> paths() {
        return paths;
    }

    @Override
    public Response handle(Request request) {
        String path = request.path();
        Route route = routes.get(path);
        if (route == null) {
            return check(request, path);
        }
        Format wanted = wanted(request, route.format());
        if (wanted == null) {
            return NOT_ACCEPTABLE;
        }
        if (policy.allows(request)) {
            Response detailed = detailed(route, wanted);
            if (detailed != null) {
                return detailed;
            }
        }
        Snapshot snapshot = monitor.snapshot();
        Probe probe = route.probe();
        return BARE.get(wanted, probe, snapshot.lifecycle(), monitor.status(probe, snapshot));
    }

    /** Null where it cannot be made, for want of memory perhaps: a probe has an answer all the same. */
    private @Nullable Response detailed(Route route, Format wanted) {
        try {
            return route.detailed(wanted);
        } catch (Throwable thrown) {
            if (complained.compareAndSet(false, true)) {
                Engine.complain("a detailed body, told of once,", thrown);
            }
            return null;
        }
    }

    private static @Nullable Format wanted(Request request, Format fallback) {
        if (request.query() != null) {
            String named = request.queryParameter("format");
            if (named != null) {
                return Format.named(named);
            }
        }
        return Accept.choose(request.headers("Accept"), fallback);
    }

    private Response check(Request request, String path) {
        // Known and unknown names look alike to those who may not know.
        if (!path.startsWith(BELOW) || !policy.allows(request)) {
            return NOT_FOUND;
        }
        String name = path.substring(BELOW.length(), path.length() - (path.endsWith("/") ? 1 : 0));
        if (!checkBodies.has(name)) {
            return NOT_FOUND;
        }
        Format wanted = wanted(request, format);
        return wanted == null ? NOT_ACCEPTABLE : checkBodies.get(name, wanted);
    }

    /** How a body is written. */
    public enum Format {
        /**
         * Vitals' own JSON, the default: all there is to know. {@code application/json}, {@code ?format=vitals}. Its
         * schema is {@code META-INF/vitals/health.schema.json} in the jar.
         */
        VITALS("vitals", "application/json", "application/json"),
        /**
         * The Health Check Response Format for HTTP APIs, draft-inadarei-api-health-check-06. {@code
         * application/health+json}, {@code ?format=ietf}.
         */
        IETF("ietf", "application/health+json", "application/health+json"),
        /**
         * What Spring Boot's Actuator emits, 3 and later. {@code application/vnd.spring-boot.actuator.v3+json}, {@code
         * ?format=actuator}. DEGRADED is UP there, with a detail that says so.
         */
        ACTUATOR(
                "actuator",
                "application/vnd.spring-boot.actuator.v3+json",
                "application/vnd.spring-boot.actuator.v3+json"),
        /**
         * MicroProfile Health 4.0. {@code ?format=microprofile} alone, or a path of its own: its media type is {@code
         * application/json} too. DEGRADED is UP there, with data that say so.
         */
        MICROPROFILE("microprofile", "application/json", "application/json"),
        /** The status page, for people. {@code text/html}, {@code ?format=html}. */
        HTML("html", "text/html", "text/html; charset=utf-8");

        private final String queryName;
        private final String type;
        private final String contentType;

        Format(String queryName, String type, String contentType) {
            this.queryName = queryName;
            this.type = type;
            this.contentType = contentType;
        }

        String queryName() {
            return queryName;
        }

        /** The media type without its parameters. */
        String type() {
            return type;
        }

        Response response(Status status, byte[] body) {
            Response response = Response.of(status.httpStatus(), contentType, body);
            return this == HTML
                    ? response.withHeader("Content-Security-Policy", StatusPage.SECURITY_POLICY)
                            .withHeader("Referrer-Policy", "no-referrer")
                    : response;
        }

        /** The format of that name or media type, with or without what is before its slash; null where there is none. */
        static @Nullable Format named(String name) {
            // In a query a plus sign that is not percent-encoded means a space.
            String typed = name.replace(' ', '+');
            for (Format format : values()) {
                String type = format.type;
                if (typed.equalsIgnoreCase(format.queryName)
                        || typed.equalsIgnoreCase(type)
                        || typed.equalsIgnoreCase(type.substring(type.indexOf('/') + 1))) {
                    return format;
                }
            }
            return null;
        }
    }

    /** Says who may read what, and where else. Used by one thread. */
    public static final class Builder {
        private final HealthMonitor monitor;
        private final Map<String, Alias> aliases = new LinkedHashMap<>();
        private DetailsPolicy policy = DetailsPolicy.denied();
        private Format format = Format.VITALS;

        private Builder(HealthMonitor monitor) {
            this.monitor = requireNonNull(monitor, "monitor");
        }

        /**
         * Who may read details; nobody by default.
         *
         * @param who the policy
         * @return this
         */
        public Builder details(DetailsPolicy who) {
            policy = requireNonNull(who, "who");
            return this;
        }

        /**
         * The format where the client has no wish; {@link Format#VITALS} by default.
         *
         * @param byDefault the format
         * @return this
         */
        public Builder format(Format byDefault) {
            format = requireNonNull(byDefault, "byDefault");
            return this;
        }

        /**
         * A further path for a probe, for example {@code /livez}, in the endpoint's own format.
         *
         * @param path an absolute path; below {@code /health} only MicroProfile's {@code /health/live}, {@code
         *     /health/ready} and {@code /health/started}
         * @param probe what is answered there
         * @return this
         * @throws IllegalArgumentException if the path is malformed, taken, or belongs to a probe or a check
         */
        public Builder alias(String path, Probe probe) {
            return add(path, new Alias(requireNonNull(probe, "probe"), null));
        }

        /**
         * A further path for a probe, in a format of its own where the client has no wish.
         *
         * @param path an absolute path, as above
         * @param probe what is answered there
         * @param byDefault the format
         * @return this
         * @throws IllegalArgumentException if the path is malformed, taken, or belongs to a probe or a check
         */
        public Builder alias(String path, Probe probe, Format byDefault) {
            return add(path, new Alias(requireNonNull(probe, "probe"), requireNonNull(byDefault, "byDefault")));
        }

        /** {@return the endpoint} */
        public HealthEndpoint build() {
            return new HealthEndpoint(this);
        }

        private Builder add(String path, Alias alias) {
            AliasPath.require(path);
            if (aliases.putIfAbsent(path, alias) != null) {
                throw new IllegalArgumentException("the alias " + path + " is there already: leave one of the two out");
            }
            return this;
        }
    }
}
