package dev.vitals.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.vitals.http.RequestObservers;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.extension.trace.propagation.B3Propagator;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.semconv.ClientAttributes;
import io.opentelemetry.semconv.ServerAttributes;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Hostile headers for contexts and of proxies, the same ones in each run. {@code -Dvitals.hostile=1000000} sends a
 * million requests.
 */
class MillionHeadersTest {
    private static final int REQUESTS = Integer.getInteger("vitals.hostile", 20_000);

    /** What one request may allocate in all, whatever its headers: span, context, scrubbing. The largest have 150 KB. */
    private static final long MOST_BYTES = 1_048_576;
    /** And on the average. */
    private static final long MOST_BYTES_ON_AVERAGE = 16_384;
    /** Classes are loaded, and tables of the JVM made, by the first ones. */
    private static final int WARM_UP = 500;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long most;
    private long sum;

    private static final class Complaints extends Handler {
        private int count;

        @Override
        public void publish(LogRecord complaint) {
            count++;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void whateverIsSentAContextIsAGoodOneOrNone() {
        TextMapPropagator propagator = TextMapPropagator.composite(
                B3Propagator.injectingSingleHeader(),
                W3CTraceContextPropagator.getInstance(),
                W3CBaggagePropagator.getInstance());
        Logger logger = Logger.getLogger("");
        var complaints = new Complaints();
        logger.addHandler(complaints);
        try (var fixture = new TracingFixture(Sampler.alwaysOn(), propagator, options -> options.recordQuery()
                .recordClientAddress()
                .trustedProxies("10.0.0.0/8"))) {
            var headers = new HostileHeaders(42);
            int children = 0;
            for (int i = 0; i < REQUESTS; i++) {
                TestRequest request = TestRequest.get("/", headers.next()).from("10.0.0.1");
                children += check(request, send(fixture, request, i)) ? 1 : 0;
            }
            assertThat(fixture.observers.failures()).isZero();
            assertThat(children)
                    .as("requests whose headers were good all the same")
                    .isBetween(REQUESTS / 10, REQUESTS);
        } finally {
            logger.removeHandler(complaints);
        }
        assertThat(complaints.count).as("lines in the log").isZero();
        assertThat(most).as("bytes of the most expensive request").isLessThan(MOST_BYTES);
        assertThat(sum / REQUESTS).as("bytes on the average").isLessThan(MOST_BYTES_ON_AVERAGE);
    }

    private SpanData send(TracingFixture fixture, TestRequest request, int number) {
        long id = Thread.currentThread().getId();
        fixture.exporter.reset();
        long before = threads.getThreadAllocatedBytes(id);
        RequestObservers.Observed observed = fixture.observers.start(request);
        observed.responseHeaders();
        Baggage baggage;
        try (var scope = observed.enter()) {
            baggage = scope == null ? Baggage.empty() : Baggage.current();
        }
        observed.end("/", 200, null);
        long bytes = threads.getThreadAllocatedBytes(id) - before;
        if (number >= WARM_UP) {
            most = Math.max(most, bytes);
            sum += bytes;
        }
        if (baggage.size() > 64) {
            throw new AssertionError("baggage of " + baggage.size() + " members from " + request);
        }
        return fixture.exporter.getFinishedSpanItems().get(0);
    }

    /** Whether it has a parent. Without AssertJ, which would take longer than all that it checks. */
    private static boolean check(TestRequest request, SpanData span) {
        SpanContext parent = span.getParentSpanContext();
        String client = span.getAttributes().get(ClientAttributes.CLIENT_ADDRESS);
        Long port = span.getAttributes().get(ServerAttributes.SERVER_PORT);
        boolean good = span.getSpanContext().isValid()
                && (!parent.isValid() || isSent(parent, request))
                && parent.getTraceState().size() <= 32
                && client != null
                && IpAddress.parse(client) != null
                && (port == null || (port >= 1 && port <= 65_535));
        if (!good) {
            throw new AssertionError(span + " from " + request);
        }
        return parent.isValid();
    }

    private static boolean isSent(SpanContext parent, TestRequest request) {
        String sent = request.sent().toString().toLowerCase(Locale.ROOT);
        // B3 may have an id of 64 bits.
        String id = parent.getTraceId().startsWith("0".repeat(16))
                ? parent.getTraceId().substring(16)
                : parent.getTraceId();
        return TraceId.isValid(parent.getTraceId())
                && SpanId.isValid(parent.getSpanId())
                && sent.contains(id)
                && sent.contains(parent.getSpanId());
    }
}
