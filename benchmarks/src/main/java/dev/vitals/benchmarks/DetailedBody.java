package dev.vitals.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What readiness with every check in it costs between the web server and the bytes of its answer, HTTP left out. The
 * caller may read details, every check is UP and gives none. Vitals renders such a body at most every 250 ms, and gives
 * out the same bytes in between.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 20, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class DetailedBody {
    /**
     * Vitals; the caller sends a token.
     *
     * @return the length of the answer
     */
    @Benchmark
    public int vitalsWithToken(Contenders.OfVitalsWithToken ready) throws IOException {
        return ready.detailed();
    }

    /**
     * Spring Boot Actuator.
     *
     * @return the length of the answer
     */
    @Benchmark
    public int actuator(Contenders.OfActuator ready) throws IOException {
        return ready.detailed();
    }

    /**
     * dropwizard-health.
     *
     * @return the length of the answer
     */
    @Benchmark
    public int dropwizard(Contenders.OfDropwizard ready) throws IOException {
        return ready.detailed();
    }

    /**
     * SmallRye Health.
     *
     * @return the length of the answer
     */
    @Benchmark
    public int smallrye(Contenders.OfSmallRye ready) throws IOException {
        return ready.detailed();
    }
}
