package dev.vitals.integration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Whether more than half of a fleet's instances, of three at the least, see a check DOWN, as Prometheus knows it. */
final class FleetByPrometheus implements BooleanSupplier {
    private static final long KEPT_NANOS = 3_000_000_000L;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final HttpRequest question;
    private boolean affected;
    private long askedNanos = System.nanoTime() - KEPT_NANOS;

    FleetByPrometheus(URI prometheus, String job, String check) {
        String all = "vitals_health_check_status{job=\"" + job + "\",check=\"" + check + "\",status=\"down\"}";
        String query = "count(" + all + " == 1) / count(" + all + ") > 0.5 and count(" + all + ") >= 3";
        question = HttpRequest.newBuilder(prometheus.resolve("/api/v1/query?query=" + URLEncoder.encode(query, UTF_8)))
                .timeout(Duration.ofSeconds(1))
                .build();
    }

    /** Several checks may share it: it asks every three seconds at the most. No answer counts as no. */
    @Override
    public synchronized boolean getAsBoolean() {
        if (System.nanoTime() - askedNanos >= KEPT_NANOS) {
            affected = ask();
            askedNanos = System.nanoTime();
        }
        return affected;
    }

    private boolean ask() {
        try {
            String answer =
                    client.send(question, HttpResponse.BodyHandlers.ofString()).body();
            return answer.contains("\"status\":\"success\"") && !answer.contains("\"result\":[]");
        } catch (IOException none) {
            return false;
        } catch (InterruptedException tooLate) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
