package dev.vitals.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.opentelemetry.api.OpenTelemetry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void aBuilderMayBuildTwice() {
        assertThat(builder.build()).isNotSameAs(builder.responseHeader("Other").build());
    }
}
