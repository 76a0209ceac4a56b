package dev.vitals.examples.orders;

import dev.vitals.tracing.Traced;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.zipkin.ZipkinSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import zipkin2.reporter.BytesMessageSender;
import zipkin2.reporter.urlconnection.URLConnectionSender;

/** OpenTelemetry's SDK as the service sets it up: what is sampled, what every span says, and where spans go. */
final class Tracing implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    private final SdkTracerProvider provider;
    private final OpenTelemetry openTelemetry;
    private final Traced traced;

    private Tracing(SdkTracerProvider provider) {
        this.provider = provider;
        this.openTelemetry = OpenTelemetrySdk.builder()
                .setTracerProvider(provider)
                .setPropagators(ContextPropagators.create(TextMapPropagator.composite(
                        W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())))
                .build();
        this.traced = Traced.of(openTelemetry);
    }

    static Tracing start(Options.Traces traces) {
        SdkTracerProviderBuilder provider = SdkTracerProvider.builder()
                .setSampler(Sampling.of(traces.environment()))
                .setResource(Resource.getDefault().toBuilder()
                        .put("service.name", "orders")
                        .put("service.version", version())
                        .put("deployment.environment.name", traces.environment())
                        .build())
                .addSpanProcessor(SimpleSpanProcessor.create(new NotableSpans()));
        if (traces.otlp() != null) {
            provider.addSpanProcessor(batches(OtlpHttpSpanExporter.builder()
                    .setEndpoint(traces.otlp() + "/v1/traces")
                    .setTimeout(LAST_WORDS)
                    .setConnectTimeout(SOON)
                    .build()));
        }
        if (traces.zipkin() != null) {
            provider.addSpanProcessor(batches(zipkin(traces.zipkin())));
        }
        return new Tracing(provider.build());
    }

    /** Off the threads that work, and bounded: where a collector is away, spans are dropped and nobody waits. */
    private static BatchSpanProcessor batches(SpanExporter exporter) {
        return BatchSpanProcessor.builder(exporter)
                // Sooner than by default, so that whoever plays with the demo need not wait.
                .setScheduleDelay(SOON)
                .build();
    }

    // OpenTelemetry lets go of this exporter, since Zipkin can be sent OTLP through a collector; this needs none.
    @SuppressWarnings("deprecation")
    private static SpanExporter zipkin(String url) {
        BytesMessageSender sender = URLConnectionSender.newBuilder()
                .endpoint(url + "/api/v2/spans")
                .connectTimeout((int) SOON.toMillis())
                .readTimeout((int) LAST_WORDS.toMillis())
                .build();
        return ZipkinSpanExporter.builder().setSender(sender).build();
    }

    private static String version() {
        String version = Tracing.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    OpenTelemetry openTelemetry() {
        return openTelemetry;
    }

    Traced traced() {
        return traced;
    }

    /** Sends what is left, for a while and no longer. */
    @Override
    public void close() {
        provider.shutdown().join(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    }
}
