package dev.vitals.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.http.Outcome;
import dev.vitals.http.Request;
import dev.vitals.http.RequestObservers;
import dev.vitals.http.RequestObservers.Observed;
import dev.vitals.http.TraceContext;
import io.sentry.IScopes;
import io.sentry.Sentry;
import io.sentry.SentryEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // What stands in between is the application.
class HttpServerErrorsTest {
    private static final TraceContext TRACE =
            new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", true);

    private Wire wire;

    @BeforeEach
    void start() throws Exception {
        wire = new Wire(ErrorTracking.builder().fields("order.state").pseudonymKey(new byte[32]), options -> {});
    }

    @AfterEach
    void stop() {
        wire.close();
    }

    @Test
    void whatIsThrownOutOfARequestIsReportedOnceWithRouteStatusAndTrace() throws Exception {
        var error = new IllegalStateException("no stock for bob@example.com");
        serve(RequestObservers.of(HttpServerErrors.of(() -> TRACE)), () -> {}, error);

        SentryEvent event = wire.event();

        assertThat(Wire.message(event)).isEqualTo("no stock for [email]");
        assertThat(event.getTransaction()).isEqualTo("POST /orders/{id}");
        assertThat(Objects.requireNonNull(event.getContexts().getResponse()).getStatusCode())
                .isEqualTo(500);
        assertThat(Objects.requireNonNull(event.getContexts().getTrace()))
                .hasToString(
                        Objects.requireNonNull(event.getContexts().getTrace()).toString())
                .satisfies(trace -> {
                    assertThat(trace.getTraceId()).hasToString(TRACE.traceId());
                    assertThat(trace.getSpanId()).hasToString(TRACE.spanId());
                });
        assertThat(Objects.requireNonNull(event.getRequest())).satisfies(request -> {
            assertThat(request.getMethod()).isEqualTo("POST");
            assertThat(request.getUrl()).isEqualTo("https://shop.example/orders/7");
            assertThat(request.getQueryString()).isNull();
        });
        assertThat(event.isCrashed()).isTrue();
        assertThat(wire.messagesUntilNow()).isEmpty();
    }

    @Test
    void whatTheApplicationReportsMeanwhileHasTheTraceToo() throws Exception {
        serve(RequestObservers.of(HttpServerErrors.of(() -> TRACE)), () -> Sentry.captureMessage("by hand"), null);

        assertThat(Objects.requireNonNull(wire.event().getContexts().getTrace()).getTraceId())
                .hasToString(TRACE.traceId());
    }

    @Test
    void anErrorThatWasReportedBeforeIsNotReportedAgain() throws Exception {
        var error = new IllegalStateException("once");
        serve(
                RequestObservers.of(HttpServerErrors.of()),
                () -> Sentry.captureException(error),
                new RuntimeException("wrapped", error));

        assertThat(wire.messagesUntilNow()).containsExactly("once");
    }

    @Test
    void aClientThatWentAwayAnAnswerAndAnErrorWithoutAThrowableAreNotReported() throws Exception {
        var observers = RequestObservers.of(HttpServerErrors.of());
        observers.start(new Post()).end(null, 200, new java.io.IOException("Broken pipe"), Outcome.Kind.ABORTED);
        observers.start(new Post()).end(null, 500, null);
        observers.start(new Post()).end(null, 200, null);

        assertThat(wire.messagesUntilNow()).isEmpty();
    }

    @Test
    void whatIsSaidInOneRequestStaysInItOnAllItsThreadsAndInNoOther() throws Exception {
        var observers = RequestObservers.of(HttpServerErrors.of());
        var both = new CountDownLatch(2);
        for (String state : List.of("paid", "open")) {
            new Thread(() -> {
                        Observed observed = observers.start(new Post());
                        try (var scope = observed.enter()) {
                            wire.tracking.context().field("order.state", state);
                        }
                        both.countDown();
                        await(both);
                        // Ends on another thread, as asynchronous requests do.
                        new Thread(() -> observed.end(null, 500, new IllegalStateException(state))).start();
                    })
                    .start();
        }

        for (int i = 0; i < 2; i++) {
            SentryEvent event = wire.event();
            assertThat(event.getTag("order.state")).isEqualTo(Wire.message(event));
        }
        Sentry.captureMessage("outside");
        assertThat(wire.event().getTag("order.state")).isNull();
    }

    @Test
    void theUserIsAPseudonymAndFieldsThatNobodyAgreedUponAreCounted() throws Exception {
        ErrorContext context = wire.tracking.context();
        serve(
                RequestObservers.of(HttpServerErrors.of()),
                () -> {
                    context.user("bob-42");
                    context.field("order.state", "x".repeat(300));
                    context.field("customer", "Bob");
                },
                new IllegalStateException("x"));

        SentryEvent event = wire.event();

        assertThat(Objects.requireNonNull(event.getUser()).getId()).matches("\\[user:[a-z2-7]{16}]");
        assertThat(event.getTag("order.state")).isEqualTo("x".repeat(200));
        assertThat(event.getTag("customer")).isNull();
        assertThat(context.leftOut()).isEqualTo(1);
    }

    @Test
    void aTraceThatCannotBeToldLeavesNothingOnTheThread() {
        IScopes before = Sentry.getCurrentScopes();
        var observers = RequestObservers.of(HttpServerErrors.of(() -> {
            throw new IllegalStateException("no trace");
        }));

        serve(observers, () -> {}, null);

        assertThat(observers.failures()).isEqualTo(1);
        assertThat(Sentry.getCurrentScopes()).isSameAs(before);
    }

    @Test
    void withoutSentryNothingHappens() {
        Sentry.close();

        assertThat(HttpServerErrors.of().onStart(new Post())).isNull();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private static void serve(RequestObservers observers, Runnable application, @Nullable Throwable error) {
        Observed observed = observers.start(new Post());
        try (var scope = observed.enter()) {
            application.run();
            observed.end("/orders/{id}", error == null ? 200 : 500, error);
        }
    }

    private record Post() implements Request {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/orders/7";
        }

        @Override
        public String query() {
            return "email=bob@example.com";
        }

        @Override
        public String scheme() {
            return "https";
        }

        @Override
        public String protocol() {
            return "HTTP/1.1";
        }

        @Override
        public List<String> headers(String name) {
            return Map.of("Host", List.of("shop.example")).getOrDefault(name, List.of());
        }

        @Override
        public String remoteAddress() {
            return "10.1.2.3";
        }
    }
}
