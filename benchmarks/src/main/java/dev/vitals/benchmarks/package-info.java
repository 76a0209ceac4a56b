/**
 * What watching costs, beside what the peers cost: {@link dev.vitals.benchmarks.BareProbe} and
 * {@link dev.vitals.benchmarks.DetailedBody} for JMH, {@link dev.vitals.benchmarks.CheckCost} for a check's completion,
 * {@link dev.vitals.benchmarks.Servers} for a load over HTTP, {@link dev.vitals.benchmarks.ScrubText} for what scrubbing costs
 * and {@code Quality} for what it finds. Run by {@code benchmarks/run} and {@code benchmarks/wrk}.
 */
@NullMarked
package dev.vitals.benchmarks;

import org.jspecify.annotations.NullMarked;
