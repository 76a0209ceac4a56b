package dev.vitals.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what it is told. */
class RecordingObserver implements ClientObserver, ClientObserver.Observation {
    final BlockingQueue<ClientOutcome> outcomes = new LinkedBlockingQueue<>();
    private final Map<String, String> headers;

    RecordingObserver() {
        this(Map.of());
    }

    RecordingObserver(Map<String, String> headers) {
        this.headers = headers;
    }

    @Override
    public Observation onStart(HttpRequest request) {
        return this;
    }

    @Override
    public Map<String, String> requestHeaders() {
        return headers;
    }

    @Override
    public void onEnd(ClientOutcome outcome) {
        outcomes.add(outcome);
    }

    /** The one outcome that there is, or that comes within 10 s. */
    ClientOutcome only() throws InterruptedException {
        ClientOutcome outcome = outcomes.poll(10, TimeUnit.SECONDS);
        assertThat(outcome).as("an outcome within 10 s").isNotNull();
        assertThat(outcomes).as("no second one").isEmpty();
        return outcome;
    }
}
