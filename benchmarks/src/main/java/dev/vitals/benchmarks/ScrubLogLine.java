package dev.vitals.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import dev.vitals.logging.ScrubbingEncoder;
import dev.vitals.scrubbing.Scrubber;
import java.time.Instant;
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

/** What a log line costs in Logback by itself, and scrubbed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class ScrubLogLine {
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %5level [%thread] %logger : %msg%n";

    /** Whether something is found in the line. */
    @Param({"clean", "findings"})
    public String message = "";

    private final LoggerContext context = new LoggerContext();
    private final PatternLayoutEncoder plain = new PatternLayoutEncoder();
    private final Encoder<ILoggingEvent> scrubbing = new ScrubbingEncoder(plain, Scrubber.standard());
    private final LoggingEvent event = new LoggingEvent();

    /** Sets both encoders up. */
    @Setup
    public void start() {
        plain.setContext(context);
        plain.setPattern(PATTERN);
        plain.start();
        scrubbing.setContext(context);
        scrubbing.start();
        event.setLoggerContext(context);
        event.setLoggerName("com.acme.shop.PaymentService");
        event.setThreadName("http-nio-8080-exec-3");
        event.setLevel(Level.INFO);
        event.setInstant(Instant.parse("2026-11-21T07:15:47.123Z"));
        event.setMessage(
                message.equals("clean")
                        ? "order 1000042 placed in 12 ms"
                        : "charge for jane.doe@mail.acme.com failed, password=hunter2secret");
    }

    /**
     * Logback alone.
     *
     * @return the line
     */
    @Benchmark
    public byte[] logback() {
        return plain.encode(event);
    }

    /**
     * The same, scrubbed.
     *
     * @return the line
     */
    @Benchmark
    public byte[] vitals() {
        return scrubbing.encode(event);
    }
}
