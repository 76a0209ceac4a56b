package dev.vitals.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.vitals.scrubbing.Kind;
import dev.vitals.scrubbing.Scrubber;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class HttpServerTracingBuilderTest {
    private final HttpServerTracingBuilder builder = HttpServerTracing.builder(OpenTelemetry.noop());

    @ParameterizedTest
    @ValueSource(strings = {"", "X Trace", "X-Trace:", "X-Trace\r\nSet-Cookie", "Spur-Nümmer"})
    void aHeaderThatIsNoneIsMisuse(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.responseHeader(name))
                .withMessageContaining("a header's name is made of letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G E T", "GET,POST"})
    void aMethodThatIsNoneIsMisuse(String method) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.knownMethods("GET", method))
                .withMessageContaining("a method is made of letters");
    }

    @Test
    void noMethodAtAllIsMisuse() {
        assertThatIllegalArgumentException().isThrownBy(builder::knownMethods).withMessageContaining("GET among them");
    }

    @Test
    @SuppressWarnings("NullAway") // What a caller without NullAway may do.
    void nothingIsMisuse() {
        assertThatNullPointerException().isThrownBy(() -> builder.traced(null)).withMessage("which");
        assertThatNullPointerException().isThrownBy(() -> builder.logKeys(null)).withMessage("keys");
        assertThatNullPointerException()
                .isThrownBy(() -> HttpServerTracing.builder(null))
                .withMessage("openTelemetry");
    }

    @Test
    @SuppressWarnings("NullAway") // What a caller without NullAway may do.
    void noOpenTelemetryIsMisuseWhereverItIsWanted() {
        assertThatNullPointerException().isThrownBy(() -> Traced.of(null)).withMessage("openTelemetry");
        assertThatNullPointerException()
                .isThrownBy(() -> HttpClientTracing.of(null))
                .withMessage("openTelemetry");
    }

    @Test
    @SuppressWarnings("NullAway") // What a caller without NullAway may do.
    void aNameThatIsMissingIsNamed() {
        assertThatNullPointerException()
                .isThrownBy(() -> builder.responseHeader(null))
                .withMessage("a header's name");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.scrubber(null))
                .withMessage("scrubber");
    }

    @Test
    void theApplicationsOwnScrubberIsTaken() throws Exception {
        Scrubber own = Scrubber.builder()
                .detector(Kind.of("employee"), "EMP-", window -> 9)
                .build();
        try (var fixture = new TracingFixture(options -> options.scrubber(own))) {
            SpanData span = fixture.serve(TestRequest.get("/staff/EMP-12345"), null, 200, null);

            assertThat(span.getAttributes().get(AttributeKey.stringKey("url.path")))
                    .isEqualTo("/staff/[employee]");
            fixture.exporter.reset();
            assertThatIllegalStateException().isThrownBy(() -> Traced.of(fixture.sdk, LogKeys.STANDARD, own)
                    .run("x", () -> {
                        throw new IllegalStateException("no EMP-12345");
                    }));
            assertThat(fixture.exporter
                            .getFinishedSpanItems()
                            .get(0)
                            .getEvents()
                            .get(0)
                            .getAttributes()
                            .toString())
                    .contains("no [employee]")
                    .doesNotContain("EMP-12345");
        }
    }

    @Test
    void anSdkWithoutPropagatorsIsToldOf() {
        var logger = (Logger) LoggerFactory.getLogger("dev.vitals.tracing");
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        logger.addAppender(log);
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(InMemorySpanExporter.create()))
                        .build();
                OpenTelemetrySdk sdk =
                        OpenTelemetrySdk.builder().setTracerProvider(provider).build()) {
            HttpServerTracing.of(sdk);
            assertThat(log.list).singleElement().satisfies(line -> assertThat(line.getMessage())
                    .contains("setPropagators("));

            HttpServerTracing.of(OpenTelemetry.noop());
            assertThat(log.list).hasSize(1);
        } finally {
            logger.detachAppender(log);
        }
    }

    @Test
    void aBuilderMayBuildTwice() {
        assertThat(builder.build()).isNotSameAs(builder.responseHeader("Other").build());
    }
}
