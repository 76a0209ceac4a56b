package dev.vitals.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The formats that a scrape can have. */
enum ExpositionFormat {
    TEXT("text/plain", "text/plain; version=0.0.4; charset=utf-8"),
    OPEN_METRICS("application/openmetrics-text", "application/openmetrics-text; version=1.0.0; charset=utf-8");

    private static final ExpositionFormatWriter TEXT_WRITER = PrometheusTextFormatWriter.create();
    /**
     * Exemplars stand where OpenMetrics 1.0 allows them, at counters and buckets: as Micrometer sets its writer up they
     * are at the count of a histogram too, and Prometheus 2.42 then refuses the whole scrape.
     */
    private static final ExpositionFormatWriter OPEN_METRICS_WRITER = OpenMetricsTextFormatWriter.builder()
            .setExemplarsOnAllMetricTypesEnabled(false)
            .build();

    private final String mediaType;
    private final String contentType;

    ExpositionFormat(String mediaType, String contentType) {
        this.mediaType = mediaType;
        this.contentType = contentType;
    }

    void write(MetricSnapshots snapshots, OutputStream out) throws IOException {
        ExpositionFormatWriter writer = this == TEXT ? TEXT_WRITER : OPEN_METRICS_WRITER;
        writer.write(out, snapshots);
    }

    String contentType() {
        return contentType;
    }

    /** By weight (RFC 9110, section 12.5.1); wildcards mean text, the format that everybody reads. */
    static ExpositionFormat choose(List<String> accept) {
        double openMetrics = Weights.of(accept, OPEN_METRICS.mediaType);
        return openMetrics > 0 && openMetrics >= Weights.of(accept, TEXT.mediaType) ? OPEN_METRICS : TEXT;
    }

    /** Whether a client that sent this {@code Accept-Encoding} is best served with gzip (RFC 9110, section 12.5.3). */
    static boolean prefersGzip(List<String> acceptEncoding) {
        double gzip = Math.max(Weights.of(acceptEncoding, "gzip"), Weights.of(acceptEncoding, "x-gzip"));
        double wanted = gzip == Weights.NOT_NAMED ? Weights.of(acceptEncoding, "*") : gzip;
        // Not naming identity leaves it acceptable, and says nothing of liking it.
        return wanted > 0 && wanted >= Weights.of(acceptEncoding, "identity");
    }
}
