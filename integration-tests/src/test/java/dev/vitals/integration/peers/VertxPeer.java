package dev.vitals.integration.peers;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.healthchecks.HealthCheckHandler;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Vert.x with its defaults: 20 worker threads, a second for each check. What may block runs on the worker threads, as
 * its manual asks for, and unordered, so that one check does not wait for the other.
 */
final class VertxPeer implements Peer {
    final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    private VertxPeer(Map<String, Callable<Boolean>> checks) throws Exception {
        var handler = HealthCheckHandler.create(vertx);
        checks.forEach((name, check) -> handler.register(
                name, promise -> vertx.executeBlocking(() -> check.call() ? Status.OK() : Status.KO(), false)
                        .onComplete(promise)));
        var router = Router.router(vertx);
        router.get(readiness()).handler(handler);
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    static VertxPeer start(Map<String, Callable<Boolean>> checks) throws Exception {
        return new VertxPeer(checks);
    }

    @Override
    public int port() {
        return server.actualPort();
    }

    @Override
    public String readiness() {
        return "/health";
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
