package dev.vitals.benchmarks;

import dev.blaauwendraad.masker.json.JsonMasker;
import dev.vitals.scrubbing.Scrubber;
import java.util.Set;
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

/**
 * What scrubbing JSON costs, beside ten regular expressions in two engines, and beside a masker that knows JSON, looks at
 * names alone, and is told which.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class ScrubJson {
    /** Which of {@link Texts}. */
    @Param({"json", "jsonFindings"})
    public String json = "";

    private final Scrubber scrubber = Scrubber.standard();
    private final Expressions.Jdk jdk = new Expressions.Jdk();
    private final Expressions.Re2 re2 = new Expressions.Re2();
    private final JsonMasker masker = JsonMasker.getMasker(
            Set.of("email", "card", "ssn", "ip", "phone", "password", "passwd", "pwd", "secret", "token", "apiKey"));
    private String input = "";

    /** Makes the text. */
    @Setup
    public void make() {
        input = Texts.named(json);
    }

    /**
     * Vitals.
     *
     * @return what is left
     */
    @Benchmark
    public String vitals() {
        return scrubber.scrubJson(input);
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

    /**
     * json-masker, which masks the values of names that it is told, and looks into no value.
     *
     * @return what is left
     */
    @Benchmark
    public String jsonMasker() {
        return masker.mask(input);
    }
}
