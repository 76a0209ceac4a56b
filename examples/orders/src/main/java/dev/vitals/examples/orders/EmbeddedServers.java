package dev.vitals.examples.orders;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts the embedded servers where the user has none of their own to offer. */
final class EmbeddedServers {
    private final Closers closers;
    private final Consumer<String> progress;
    private @Nullable Workspace workspace;
    private @Nullable EmbeddedPostgreSql postgreSql;
    private @Nullable EmbeddedRedis redis;

    EmbeddedServers(Closers closers, Consumer<String> progress) {
        this.closers = closers;
        this.progress = progress;
    }

    @Nullable
    EmbeddedPostgreSql postgreSql() {
        return postgreSql;
    }

    @Nullable
    EmbeddedRedis redis() {
        return redis;
    }

    String describePostgreSql() {
        return postgreSql == null ? "PostgreSQL of --jdbc-url" : "embedded PostgreSQL, " + postgreSql.jdbcUrl();
    }

    String describeRedis() {
        return redis == null ? "Redis of --redis-uri" : "embedded Redis, " + redis.uri();
    }

    String jdbcUrl(@Nullable String own) throws BadInput, IOException, InterruptedException {
        if (own != null) {
            return own;
        }
        progress.accept("starting PostgreSQL (unpacks 60 MB, a few seconds) ...");
        try {
            EmbeddedPostgreSql started = EmbeddedPostgreSql.start(workspace());
            postgreSql = closers.add(started);
            return started.jdbcUrl();
        } catch (IOException | RuntimeException failed) {
            if (Thread.interrupted()) {
                throw new InterruptedException("stopped while PostgreSQL started");
            }
            throw new BadInput("the embedded PostgreSQL does not start (" + failed.getMessage() + "): " + remedy());
        }
    }

    String redisUri(@Nullable String own) throws BadInput, IOException, InterruptedException {
        if (own != null) {
            return own;
        }
        progress.accept("starting Redis ...");
        try {
            EmbeddedRedis started = EmbeddedRedis.start(workspace());
            redis = closers.add(started);
            return started.uri();
        } catch (IOException | RuntimeException failed) {
            throw new BadInput("the embedded Redis does not start (" + failed.getMessage()
                    + "): see that there is room in the temporary folder, or give --redis-uri");
        }
    }

    private static String remedy() {
        String room = "see that there is room in " + System.getProperty("java.io.tmpdir");
        return "root".equals(System.getProperty("user.name"))
                ? room + " and that user namespaces are allowed, without which root cannot run it; or give --jdbc-url"
                : room + ", or give --jdbc-url";
    }

    private Workspace workspace() throws BadInput {
        Workspace made = workspace;
        if (made == null) {
            made = closers.add(Workspace.create());
            workspace = made;
        }
        return made;
    }
}
