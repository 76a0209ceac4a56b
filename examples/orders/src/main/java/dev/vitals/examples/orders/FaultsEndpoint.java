package dev.vitals.examples.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.http.Endpoint;
import dev.vitals.http.Request;
import dev.vitals.http.Response;
import dev.vitals.metrics.SecurityEvents;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** {@code GET /faults} lists the faults, {@code POST /faults/{name}?on=true|false} switches one. */
final class FaultsEndpoint implements Endpoint {
    private final Faults faults;
    private final SecurityEvents security;

    FaultsEndpoint(Faults faults, SecurityEvents security) {
        this.faults = faults;
        this.security = security;
    }

    @Override
    public List<String> paths() {
        return List.of("/faults", "/faults/*");
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET", "POST");
    }

    @Override
    public Response handle(Request request) throws InterruptedException {
        if (!isLoopback(request.remoteAddress())) {
            return forbidden("faults are switched from this machine alone");
        }
        if (!request.method().equals("POST")) {
            return request.path().equals("/faults") ? list() : error(404, "GET /faults lists the faults");
        }
        if (!"1".equals(request.header("X-Fault"))) {
            // A page in a browser cannot send this header to another site without asking first.
            return forbidden("send the header X-Fault: 1");
        }
        Fault fault = faults.all().get(request.path().replaceFirst("^/faults/?", ""));
        if (fault == null) {
            return error(404, "there is no such fault; GET /faults lists them");
        }
        String on = request.queryParameter("on");
        if (!"true".equals(on) && !"false".equals(on)) {
            return error(400, "say ?on=true or ?on=false");
        }
        if (fault.refusal() != null) {
            return error(409, fault.refusal());
        }
        return await(fault, faults.set(fault, "true".equals(on)));
    }

    private Response await(Fault fault, Future<?> done) throws InterruptedException {
        try {
            done.get(1_500, TimeUnit.MILLISECONDS);
            return json(200, describe(fault));
        } catch (TimeoutException goesOn) {
            return json(202, describe(fault));
        } catch (ExecutionException failed) {
            return error(500, String.valueOf(failed.getCause()));
        }
    }

    private Response list() {
        return json(200, faults.all().values().stream().map(this::describe).toList());
    }

    private Map<String, Object> describe(Fault fault) {
        var description = new LinkedHashMap<String, Object>();
        description.put("name", fault.name());
        description.put("on", faults.isOn(fault.name()));
        description.put("effect", fault.effect());
        if (fault.refusal() != null) {
            description.put("unavailable", fault.refusal());
        }
        return description;
    }

    private static boolean isLoopback(@Nullable String address) {
        try {
            return address != null && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    private Response forbidden(String message) {
        security.forbidden();
        return error(403, message);
    }

    private static Response error(int status, String message) {
        return json(status, Map.of("error", message));
    }

    private static Response json(int status, Object value) {
        return Response.of(status, "application/json", (Reply.JSON.writeValueAsString(value) + "\n").getBytes(UTF_8));
    }
}
