package dev.vitals.tracing;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.http.ObservedHttpClient;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A traced client of a real service, and the spans that it made. */
final class ClientFixture implements AutoCloseable {
    final OutsideService service = new OutsideService();
    final TracingFixture tracing;
    final HttpClient plain =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    final ObservedHttpClient client;

    ClientFixture() throws IOException {
        this(Sampler.alwaysOn());
    }

    ClientFixture(Sampler sampler) throws IOException {
        tracing = new TracingFixture(sampler);
        client = ObservedHttpClient.of(plain, HttpClientTracing.of(tracing.sdk));
    }

    HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(service.uri(pathAndQuery));
    }

    /** The one span of a call, whatever came of it. */
    SpanData span(HttpRequest request) throws InterruptedException {
        try {
            client.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException failed) {
            // The span has it.
        }
        return only();
    }

    /** The one span, as soon as whichever thread ends it has done so. */
    SpanData soon() throws InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (tracing.exporter.getFinishedSpanItems().isEmpty() && System.nanoTime() < giveUp) {
            Thread.sleep(5);
        }
        return only();
    }

    SpanData only() {
        assertThat(client.failures()).isZero();
        List<SpanData> spans = tracing.exporter.getFinishedSpanItems();
        assertThat(spans).hasSize(1);
        tracing.exporter.reset();
        return spans.get(0);
    }

    static Map<String, Object> attributes(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .collect(toMap(entry -> entry.getKey().getKey(), Map.Entry::getValue));
    }

    @Override
    public void close() {
        service.close();
        tracing.close();
    }
}
