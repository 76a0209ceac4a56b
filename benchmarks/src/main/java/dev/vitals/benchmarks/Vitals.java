package dev.vitals.benchmarks;

import dev.vitals.health.DetailsPolicy;
import dev.vitals.health.HealthEndpoint;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Probe;
import dev.vitals.health.Status;
import dev.vitals.http.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Vitals, with its checks on their default schedule. */
final class Vitals implements Contender {
    private static final String TOKEN = "a-token-of-the-benchmarks-that-is-long-enough";
    private static final long LONGEST_START_NANOS = 30_000_000_000L;
    private static final Request READINESS = Get.anonymous(Probe.READINESS.path());
    private static final Request AUTHORISED_READINESS = Get.withToken(Probe.READINESS.path(), TOKEN);

    private final HealthMonitor monitor;
    private final HealthEndpoint endpoint;
    private final @Nullable Path tokenFile;

    private Vitals(HealthMonitor monitor, HealthEndpoint endpoint, @Nullable Path tokenFile) {
        this.monitor = monitor;
        this.endpoint = endpoint;
        this.tokenFile = tokenFile;
    }

    /** As an application has it that says nothing of details. */
    static Vitals withDefaults(int checks) {
        HealthMonitor monitor = start(checks);
        return new Vitals(monitor, HealthEndpoint.of(monitor), null);
    }

    /** With a token for who may read details: each probe is looked at for one. */
    static Vitals withToken(int checks) {
        try {
            Path tokenFile = Files.writeString(Files.createTempFile("vitals-benchmarks", ".token"), TOKEN);
            HealthMonitor monitor = start(checks);
            return new Vitals(monitor, HealthEndpoint.of(monitor, DetailsPolicy.token(tokenFile)), tokenFile);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    HealthEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public void bare(Sink sink) throws IOException {
        endpoint.handle(READINESS).writeTo(sink);
    }

    @Override
    public void detailed(Sink sink) throws IOException {
        endpoint.handle(AUTHORISED_READINESS).writeTo(sink);
    }

    @Override
    public void close() {
        monitor.close();
        try {
            if (tokenFile != null) {
                Files.deleteIfExists(tokenFile);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static HealthMonitor start(int checks) {
        var builder = HealthMonitor.builder();
        for (int i = 0; i < checks; i++) {
            builder.readiness("check-" + i, deadline -> HealthResult.up());
        }
        HealthMonitor monitor = builder.start();
        long end = System.nanoTime() + LONGEST_START_NANOS;
        while (monitor.status(Probe.READINESS) != Status.UP) {
            if (System.nanoTime() - end > 0) {
                monitor.close();
                throw new IllegalStateException("the checks were not all UP in time");
            }
            pause();
        }
        return monitor;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(5);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at the start", stop);
        }
    }
}
