package dev.vitals.health;

import dev.vitals.health.HealthEndpoint.Format;
import dev.vitals.http.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lays out which path tells what, once, so that finding one is one look into a map. */
final class Routing {
    private record Body(Probe probe, Format format, String root) {}

    private final HealthMonitor monitor;
    private final Map<String, Route> routes = new HashMap<>();
    /** Paths share a body where they can. */
    private final Map<Body, Renewed<Response>> bodies = new HashMap<>();

    private Routing(HealthMonitor monitor) {
        this.monitor = monitor;
    }

    static Map<String, Route> of(HealthMonitor monitor, Format format, Map<String, Alias> aliases) {
        var routing = new Routing(monitor);
        for (Probe probe : Probe.values()) {
            routing.add(probe.path(), probe, format);
        }
        aliases.forEach(
                (path, alias) -> routing.add(path, alias.probe(), alias.format() == null ? format : alias.format()));
        return routing.routes;
    }

    /** The paths to ask a server for. */
    static List<String> paths(Collection<String> aliases) {
        var paths = new ArrayList<String>();
        paths.add(Probe.HEALTH.path() + "/*");
        for (String alias : aliases) {
            if (!alias.startsWith(Probe.HEALTH.path() + "/")) {
                paths.addAll(withAndWithoutSlash(alias));
            }
        }
        return List.copyOf(paths);
    }

    /** A stray slash in a probe's path must not restart anything. */
    private static List<String> withAndWithoutSlash(String path) {
        return path.equals("/") ? List.of(path) : List.of(path, path + "/");
    }

    private void add(String path, Probe probe, Format format) {
        for (String spelling : withAndWithoutSlash(path)) {
            Map<Format, Renewed<Response>> detailed = new EnumMap<>(Format.class);
            for (Format each : Format.values()) {
                String root = each == Format.HTML ? root(spelling) : "";
                detailed.put(each, bodies.computeIfAbsent(new Body(probe, each, root), this::body));
            }
            routes.put(spelling, new Route(probe, format, Collections.unmodifiableMap(detailed)));
        }
    }

    private Renewed<Response> body(Body body) {
        BodyWriter writer = BodyWriter.of(body.format());
        return new Renewed<>(System::nanoTime, () -> {
            HealthReport report = monitor.report();
            var view = ProbeView.of(report, body.probe(), monitor::history, body.root());
            return body.format().response(view.status(), writer.probe(view));
        });
    }

    /** The way up from a page, for links that hold wherever the application puts its paths. */
    private static String root(String path) {
        return "../".repeat((int) path.chars().filter(c -> c == '/').count() - 1);
    }
}
