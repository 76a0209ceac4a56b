package dev.vitals.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.scrubbing.Scrubber;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.data.EventData;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each rule is one of OpenTelemetry's semantic conventions for exceptions on spans, or a bound of ours. */
class ExceptionsTest {
    private final TracingFixture fixture = new TracingFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void anEventHasTypeMessageAndStackTrace() {
        EventData event = recorded(new IllegalStateException("no such order"));

        assertThat(event.getName()).isEqualTo("exception");
        assertThat(type(event)).isEqualTo("java.lang.IllegalStateException");
        assertThat(message(event)).isEqualTo("no such order");
        assertThat(trace(event).lines())
                .startsWith("java.lang.IllegalStateException: no such order")
                .element(1)
                .asString()
                .startsWith("\tat " + ExceptionsTest.class.getName() + ".anEventHasTypeMessageAndStackTrace(");
    }

    @Test
    void withoutAMessageThereIsNone() {
        EventData event = recorded(new IllegalStateException());

        assertThat(message(event)).isNull();
        assertThat(trace(event)).startsWith("java.lang.IllegalStateException\n");
    }

    @Test
    void causesAreToldWithoutTheFramesInCommon() {
        var cause = new NoSuchFileException("orders.csv");
        EventData event = recorded(new UncheckedIOException("cannot read", cause));

        assertThat(trace(event).lines().filter(line -> line.startsWith("Caused by")))
                .containsExactly("Caused by: java.nio.file.NoSuchFileException: orders.csv");
        int frames = cause.getStackTrace().length;
        assertThat(trace(event)).endsWith("\t... " + (frames - 1) + " more\n");
    }

    @Test
    void messagesAreScrubbedThoseOfCausesToo() {
        var thrown = new IllegalStateException(
                "login of jane.roe@example.com failed", new IllegalArgumentException("password=hunter2"));

        EventData event = recorded(thrown);

        assertThat(event.getAttributes().toString())
                .doesNotContain("hunter2", "jane.roe")
                .contains("login of [email] failed");
    }

    @Test
    void whatIsHugeIsCut() {
        Throwable chain = deep(2_000, "x ".repeat(50_000));
        for (int i = 0; i < 100; i++) {
            chain = new IllegalStateException("y".repeat(10_000), chain);
        }

        EventData event = recorded(chain);

        assertThat(message(event)).hasSize(1_024);
        assertThat(trace(event)).hasSizeBetween(8_192, 16_384);
        assertThat(recorded(deep(2_000, "deep")).getAttributes().get(AttributeKey.stringKey("exception.stacktrace")))
                .hasLineCount(1 + 64 + 1)
                .endsWith(" more\n");
    }

    @Test
    void noHalfOfASecretIsLeftWhereAMessageIsCut() {
        String card = "4111 1111 1111 1111";
        for (int end = 16_384; end < 16_384 + card.length(); end++) {
            String message = "password=" + "x".repeat(end - card.length() - 10) + " " + card + " and more";
            assertThat(recorded(new IllegalStateException(message))
                            .getAttributes()
                            .toString())
                    .contains("IllegalStateException: ")
                    .doesNotContain("4111", "xxx");
        }
    }

    @Test
    void eightExceptionsOfAChainAreTold() {
        Throwable chain = new IllegalStateException("first");
        for (int i = 0; i < 20; i++) {
            chain = new IllegalStateException("next", chain);
        }

        assertThat(trace(recorded(chain)).lines().filter(line -> line.startsWith("Caused by")))
                .hasSize(7);
    }

    @Test
    void aMessageThatThrowsCostsTheMessageAlone() {
        var thrown = new RuntimeException() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new IllegalStateException("never-to-be-seen");
            }
        };

        assertThat(trace(recorded(thrown))).contains("\tat ", "aMessageThatThrowsCostsTheMessageAlone");
    }

    private static Stream<Throwable> hostile() {
        class Throwing extends RuntimeException {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new IllegalStateException("never-to-be-seen");
            }
        }
        class Nullish extends RuntimeException {
            private static final long serialVersionUID = 1;

            @Override
            public StackTraceElement[] getStackTrace() {
                return new @Nullable StackTraceElement[3];
            }
        }
        var one = new IllegalStateException("one");
        one.initCause(new IllegalStateException("two", one));
        return Stream.of(new Throwing(), new Nullish(), one, new RuntimeException("cause throws", new Throwing()));
    }

    @Test
    void whateverItsOwnMethodsDoTheTypeIsTold() {
        assertThat(hostile()).allSatisfy(thrown -> {
            EventData event = recorded(thrown);
            assertThat(type(event)).isEqualTo(thrown.getClass().getName());
            assertThat(event.getAttributes().toString())
                    .doesNotContain("never-to-be-seen")
                    .hasSizeLessThan(20_000);
        });
    }

    private EventData recorded(Throwable thrown) {
        fixture.exporter.reset();
        Span span = fixture.sdk.getTracer("test").spanBuilder("work").startSpan();
        Exceptions.record(span, thrown, Scrubber.standard());
        span.end();
        return fixture.exporter.getFinishedSpanItems().get(0).getEvents().get(0);
    }

    private static Throwable deep(int depth, String message) {
        return depth == 0 ? new IllegalStateException(message) : deep(depth - 1, message);
    }

    private static @Nullable String type(EventData event) {
        return get(event.getAttributes(), "exception.type");
    }

    private static @Nullable String message(EventData event) {
        return get(event.getAttributes(), "exception.message");
    }

    private static String trace(EventData event) {
        return String.valueOf(get(event.getAttributes(), "exception.stacktrace"));
    }

    private static @Nullable String get(Attributes attributes, String key) {
        return attributes.get(AttributeKey.stringKey(key));
    }
}
