package dev.vitals.examples.orders;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Which traces are kept, by environment: one in ten in production, all elsewhere. Whoever begins a trace decides for all
 * of it. A call to a database or a cache that no request and no job asked for (a poll, a health check) begins none.
 */
record Sampling(Sampler beginnings) implements Sampler {
    private static final double IN_PRODUCTION = 0.1;

    static Sampler of(String environment) {
        Sampler beginnings =
                environment.equals("production") ? Sampler.traceIdRatioBased(IN_PRODUCTION) : Sampler.alwaysOn();
        return Sampler.parentBased(new Sampling(beginnings));
    }

    @Override
    public SamplingResult shouldSample(
            Context parent,
            String traceId,
            String name,
            SpanKind kind,
            Attributes attributes,
            List<LinkData> parentLinks) {
        return kind == SpanKind.CLIENT
                ? SamplingResult.drop()
                : beginnings.shouldSample(parent, traceId, name, kind, attributes, parentLinks);
    }

    @Override
    public String getDescription() {
        return "Sampling{" + beginnings.getDescription() + "}";
    }
}
