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
 * What a readiness probe costs between the web server and the bytes of its answer, HTTP left out. The caller is
 * anonymous, every check is UP. Bodies differ: Vitals and Actuator give the overall status, dropwizard-health an empty
 * list, and SmallRye names every check.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 20, time = 250, timeUnit = TimeUnit.MILLISECONDS)
public class BareProbe {
    /**
     * Vitals; nobody may read details.
     *
     * @return the length of the answer
     */
    @Benchmark
    public int vitals(Contenders.OfVitals ready) throws IOException {
        return ready.bare();
    }

    /**
     * Vitals; whoever sends a token may read details, and this caller sends none.
     *
     * @return the length of the answer
     */
    @Benchmark
    public int vitalsWithToken(Contenders.OfVitalsWithToken ready) throws IOException {
        return ready.bare();
    }

    /**
     * Spring Boot Actuator.
     *
     * @return the length of the answer
     */
    @Benchmark
    public int actuator(Contenders.OfActuator ready) throws IOException {
        return ready.bare();
    }

    /**
     * dropwizard-health.
     *
     * @return the length of the answer
     */
    @Benchmark
    public int dropwizard(Contenders.OfDropwizard ready) throws IOException {
        return ready.bare();
    }

    /**
     * SmallRye Health.
     *
     * @return the length of the answer
     */
    @Benchmark
    public int smallrye(Contenders.OfSmallRye ready) throws IOException {
        return ready.bare();
    }
}
