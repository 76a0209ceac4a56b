package dev.vitals.tracing;

import static io.opentelemetry.semconv.ExceptionAttributes.EXCEPTION_MESSAGE;
import static io.opentelemetry.semconv.ExceptionAttributes.EXCEPTION_STACKTRACE;
import static io.opentelemetry.semconv.ExceptionAttributes.EXCEPTION_TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.scrubbing.Scrubber;
import dev.vitals.tracing.TracingFixture.Ending;
import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an application throws, and however many routes and texts there are. */
class BoundsTest {
    private final TracingFixture fixture = new TracingFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Attributes event(Throwable thrown) {
        var span = fixture.serve(TestRequest.get("/"), Ending.of("/", 500).throwing(thrown));
        assertThat(span.getEvents()).hasSize(1);
        return span.getEvents().get(0).getAttributes();
    }

    private static String text(@Nullable String text) {
        return String.valueOf(text);
    }

    @Test
    void aHugeMessageIsCut() {
        Attributes event = event(new IllegalStateException("x".repeat(1_000_000)));

        assertThat(event.get(EXCEPTION_MESSAGE)).hasSize(1_024);
        assertThat(event.get(EXCEPTION_STACKTRACE))
                .hasSizeLessThan(16_385)
                .contains("\tat dev.vitals.tracing.BoundsTest");
    }

    @Test
    void aDeepStackIsCut() {
        var deep = new IllegalStateException("deep");
        var frames = new StackTraceElement[100_000];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = new StackTraceElement("a.B" + i, "c", "B.java", i);
        }
        deep.setStackTrace(frames);

        assertThat(text(event(deep).get(EXCEPTION_STACKTRACE)))
                .contains("\tat a.B63.c(B.java:63)\n\t... 99936 more\n")
                .doesNotContain("a.B64.");
    }

    @Test
    void manyCausesAreCut() {
        Throwable cause = new IllegalStateException("first");
        for (int i = 0; i < 10_000; i++) {
            cause = new IllegalStateException("again", cause);
        }
        String stackTrace = text(event(cause).get(EXCEPTION_STACKTRACE));

        assertThat(stackTrace).hasSizeLessThan(16_385).startsWith("java.lang.IllegalStateException: again\n");
    }

    @Test
    void causesThatAreACircleEnd() {
        var one = new IllegalStateException("one");
        one.setStackTrace(new StackTraceElement[0]);
        var other = new IllegalStateException("other", one);
        other.setStackTrace(new StackTraceElement[0]);
        one.initCause(other);

        assertThat(text(event(one).get(EXCEPTION_STACKTRACE)).lines()).hasSize(8);
    }

    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("password=hunter2");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("password=hunter2");
        }
    }

    @Test
    void anExceptionThatThrowsIsToldByItsClass() {
        Attributes event = event(new Hostile());

        assertThat(event.get(EXCEPTION_TYPE)).isEqualTo(Hostile.class.getName());
        assertThat(event.get(EXCEPTION_MESSAGE)).isNull();
        assertThat(event.toString()).doesNotContain("hunter2");
    }

    @Test
    void noHalfOfACharacterIsLeft() {
        assertThat(Bounded.cut("ab\uD83D\uDE00", 3)).isEqualTo("ab");
        assertThat(Bounded.cut("ab\uD83D\uDE00", 4)).isEqualTo("ab\uD83D\uDE00");
    }

    @Test
    void everNewRoutesHaveTheirOwnNames() {
        var names = new SpanNames(new Texts(Scrubber.standard()));
        for (int i = 0; i < 10_000; i++) {
            String route = "/broken/" + i % 5_000;
            assertThat(names.of("GET", route).span()).isEqualTo("GET " + route);
            assertThat(names.of("POST", route).route()).isEqualTo(route);
        }
        assertThat(names.of("GET", "/a")).as("remembered").isSameAs(names.of("GET", "/a"));
        assertThat(names.of("GET", "/" + "a".repeat(300)).span()).hasSize(305);
    }

    /** "Aa" and "BB" have the same hash code: they share a place. */
    @Test
    void textsThatShareAPlaceAreNotMistaken() {
        var texts = new Texts(Scrubber.standard());
        var hosts = new Hosts(texts);
        List<@Nullable String> addresses = new ArrayList<>();
        for (String text : List.of("Aa", "BB", "Aa", "BB")) {
            assertThat(texts.clean(text)).isEqualTo(text);
            HostHeader host = hosts.of(text);
            addresses.add(host == null ? null : host.address());
        }
        assertThat(addresses).containsExactly("Aa", "BB", "Aa", "BB");
        assertThat(texts.clean("of jane@example.org")).isEqualTo("of [email]");
        assertThat(texts.clean("of jane@example.org")).as("the second time too").isEqualTo("of [email]");
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65})
    void baggageHasSixtyFourMembersAtMost(int members) {
        String baggage = "k=v" + ",k=v".repeat(members - 1);
        assertThat(BaggageHeader.isWellFormed(baggage)).isEqualTo(members == 64);
    }

    @ParameterizedTest
    @ValueSource(ints = {8_192, 8_193})
    void baggageHasEightKibibytesAtMost(int length) {
        String baggage = "k=" + "v".repeat(length - 2);
        var request = TestRequest.get("/", "baggage", baggage);
        assertThat(RequestHeaders.INSTANCE.get(request, "baggage")).isEqualTo(length == 8_192 ? baggage : null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"traceparent", "tracestate", "b3"})
    void aContextThatIsTooLongIsNotThere(String name) {
        String longest = "a=" + "b".repeat(1_022);
        assertThat(RequestHeaders.INSTANCE.get(TestRequest.get("/", name, longest), name))
                .isEqualTo(longest);
        assertThat(RequestHeaders.INSTANCE.get(TestRequest.get("/", name, longest + "b"), name))
                .isNull();
        assertThat(RequestHeaders.INSTANCE.get(TestRequest.get("/", name, "a=b", name, longest), name))
                .isNull();
    }
}
