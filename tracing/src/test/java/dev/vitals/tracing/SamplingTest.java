package dev.vitals.tracing;

import static dev.vitals.tracing.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.http.RequestObservers;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

/** What samplers are told, what is kept of a trace that they do not want, and whose span a request's is. */
class SamplingTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

    private final List<TracingFixture> fixtures = new ArrayList<>();

    @AfterEach
    void stop() {
        fixtures.forEach(TracingFixture::close);
        MDC.clear();
    }

    /** Remembers what it was asked, and always answers the same. */
    private record Asked(SamplingDecision decision, List<String> names, Map<String, Object> attributes)
            implements Sampler {
        static Asked answering(SamplingDecision decision) {
            return new Asked(decision, new ArrayList<>(), new TreeMap<>());
        }

        @Override
        public SamplingResult shouldSample(
                Context parent, String traceId, String name, SpanKind kind, Attributes given, List<LinkData> links) {
            names.add(name);
            given.forEach((AttributeKey<?> key, Object value) -> attributes.put(key.getKey(), value));
            return SamplingResult.create(decision);
        }

        @Override
        public String getDescription() {
            return "Asked";
        }
    }

    private TracingFixture with(TracingFixture fixture) {
        fixtures.add(fixture);
        return fixture;
    }

    @ParameterizedTest
    @EnumSource(SamplingDecision.class)
    void samplersAreToldWhatTheConventionsSay(SamplingDecision decision) {
        Asked sampler = Asked.answering(decision);
        TracingFixture fixture = with(
                new TracingFixture(sampler, options -> options.recordQuery().recordClientAddress()));
        var request = TestRequest.of("BREW", "/pots/1", "Host", "pot.example:8443", "User-Agent", "curl/8.1")
                .asking("size=2")
                .from("192.0.2.9");

        fixture.observers.start(request).end("/pots/{id}", 500, new IllegalStateException("empty"));

        assertThat(sampler.names()).containsExactly("HTTP");
        assertThat(sampler.attributes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "http.request.method", "_OTHER",
                        "url.path", "/pots/1",
                        "url.query", "size=2",
                        "url.scheme", "https",
                        "server.address", "pot.example",
                        "server.port", 8443L,
                        "client.address", "192.0.2.9",
                        "user_agent.original", "curl/8.1"));
    }

    @Test
    void nothingPrivateIsToldToASamplerEither() {
        Asked sampler = Asked.answering(SamplingDecision.DROP);
        TracingFixture fixture = with(new TracingFixture(sampler, HttpServerTracingBuilder::recordQuery));

        fixture.observers.start(
                get("/of/jane@example.org", "User-Agent", "of jane@example.org").asking("token=hunter2"));

        assertThat(sampler.attributes().toString()).contains("[email]").doesNotContain("jane", "hunter2");
    }

    @Test
    void ofATraceThatIsSampledOutNothingElseIsSet() {
        TracingFixture fixture = with(new TracingFixture(Sampler.alwaysOff()));
        var request = new CountingRequest(get("/", "traceparent", PARENT));
        var observed = fixture.observers.start(request);
        observed.end("/", 500, new IllegalStateException());

        assertThat(request.protocolReads).as("read for recorded spans alone").isZero();
        assertThat(fixture.exporter.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void theResponseTellsTheTraceAlsoWhereItIsSampledOut() {
        for (Sampler sampler : List.of(Sampler.alwaysOn(), Sampler.alwaysOff())) {
            TracingFixture fixture = with(new TracingFixture(sampler));
            assertThat(fixture.observers.start(get("/", "traceparent", PARENT)).responseHeaders())
                    .containsExactly(Map.entry("X-Trace-Id", TRACE_ID));
        }
    }

    @Test
    void theHeaderOfTheResponseIsTheApplicationsChoice() {
        TracingFixture named = with(new TracingFixture(options -> options.responseHeader("Trace")));
        TracingFixture none = with(new TracingFixture(HttpServerTracingBuilder::noResponseHeader));
        var request = get("/", "traceparent", PARENT);

        assertThat(named.observers.start(request).responseHeaders()).containsExactly(Map.entry("Trace", TRACE_ID));
        assertThat(none.observers.start(request).responseHeaders()).isEmpty();
    }

    @Test
    void theKeysInTheLogAreTheApplicationsChoice() {
        TracingFixture fixture =
                with(new TracingFixture(options -> options.logKeys(new LogKeys("dd.trace", "dd.span", "dd.flags"))));
        var observed = fixture.observers.start(get("/", "traceparent", PARENT));
        try (var scope = observed.enter()) {
            assertThat(scope).isNotNull();
            assertThat(MDC.getCopyOfContextMap())
                    .containsOnlyKeys("dd.trace", "dd.span", "dd.flags")
                    .containsEntry("dd.trace", TRACE_ID)
                    .containsEntry("dd.flags", "01");
        }
        assertThat(MDC.get("dd.trace")).isNull();
        observed.end("/", 200, null);
    }

    @Test
    void aSpanThatIsCurrentIsTheRequestsOwn() {
        TracingFixture fixture = with(new TracingFixture());
        Span agents = fixture.sdk
                .getTracer("agent")
                .spanBuilder("GET /theirs")
                .setSpanKind(SpanKind.SERVER)
                .startSpan();
        String id = agents.getSpanContext().getTraceId();
        RequestObservers.Observed observed;
        try (var current = agents.makeCurrent()) {
            assertThat(current).isNotNull();
            observed = fixture.observers.start(get("/ours", "traceparent", PARENT));
        }

        assertThat(observed.responseHeaders()).containsExactly(Map.entry("X-Trace-Id", id));
        try (var scope = observed.enter()) {
            assertThat(scope).isNotNull();
            assertThat(Span.current()).isEqualTo(agents);
            assertThat(MDC.get("trace_id")).isEqualTo(id);
            assertThat(MDC.get("span_id")).isEqualTo(agents.getSpanContext().getSpanId());
        }
        observed.end("/ours", 500, new IllegalStateException());
        assertThat(fixture.exporter.getFinishedSpanItems()).as("not ended").isEmpty();
        agents.end();

        SpanData span = fixture.exporter.getFinishedSpanItems().get(0);
        assertThat(fixture.exporter.getFinishedSpanItems()).hasSize(1);
        assertThat(span.getName()).isEqualTo("GET /theirs");
        assertThat(span.getAttributes().isEmpty()).isTrue();
        assertThat(span.getEvents()).isEmpty();
        assertThat(fixture.observers.failures()).isZero();
    }

    @Test
    void aSpanThatIsCurrentAndSampledOutIsTheRequestsOwnToo() {
        TracingFixture fixture = with(new TracingFixture());
        SpanContext out =
                SpanContext.create(TRACE_ID, "b7ad6b7169203331", TraceFlags.getDefault(), TraceState.getDefault());
        try (var current = Span.wrap(out).makeCurrent()) {
            assertThat(current).isNotNull();
            var observed = fixture.observers.start(get("/"));
            assertThat(observed.responseHeaders()).containsExactly(Map.entry("X-Trace-Id", TRACE_ID));
            observed.end("/", 200, null);
        }
        assertThat(fixture.exporter.getFinishedSpanItems()).isEmpty();
    }

    @Test
    void aContextFromAnotherProcessIsAParentAndNoSpanOfTheServer() {
        TracingFixture fixture = with(new TracingFixture());
        SpanContext remote = SpanContext.createFromRemoteParent(
                TRACE_ID, "b7ad6b7169203331", TraceFlags.getSampled(), TraceState.getDefault());
        try (var current = Span.wrap(remote).makeCurrent()) {
            assertThat(current).isNotNull();
            fixture.observers.start(get("/")).end("/", 200, null);
        }
        assertThat(fixture.exporter.getFinishedSpanItems()).singleElement().satisfies(span -> {
            assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
            assertThat(span.getParentSpanContext()).isEqualTo(remote);
        });
    }
}
