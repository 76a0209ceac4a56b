package dev.vitals.benchmarks;

import dev.vitals.scrubbing.Scrubber;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What scrubbing a text costs, beside ten regular expressions in two engines. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class ScrubText {
    /** Which of {@link Texts}. */
    @Param({"line", "findings", "trace", "json", "log"})
    public String text = "";

    private final Scrubber scrubber = Scrubber.standard();
    private final Expressions.Jdk jdk = new Expressions.Jdk();
    private final Expressions.Re2 re2 = new Expressions.Re2();
    private String input = "";

    /** Makes the text. */
    @Setup
    public void make() {
        input = Texts.named(text);
    }

    /**
     * Vitals.
     *
     * @return what is left
     */
    @Benchmark
    public String vitals() {
        return scrubber.scrub(input);
    }

    /**
     * {@code java.util.regex}.
     *
     * @return what is left
     */
    @Benchmark
    public String javaRegex() {
        return jdk.scrub(input);
    }

    /**
     * RE2/J.
     *
     * @return what is left
     */
    @Benchmark
    public String re2j() {
        return re2.scrub(input);
    }
}
