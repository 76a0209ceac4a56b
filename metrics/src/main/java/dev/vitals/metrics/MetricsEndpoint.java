package dev.vitals.metrics;

import static java.util.Objects.requireNonNull;

import dev.vitals.health.DetailsPolicy;
import dev.vitals.http.Endpoint;
import dev.vitals.http.Request;
import dev.vitals.http.Response;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Serves a registry to Prometheus at {@code /metrics}: in the text format 0.0.4, or in OpenMetrics 1.0 for a client
 * that asks for it by name and does not like plain text better; gzipped for who takes that (RFC 9110, section 12.5.3).
 * With {@code ?name[]=…}, up to 100 times, only those metrics, up to 1 MB of them before compression; a 400 for more, and
 * for a name that is not well percent-encoded. Safe for use by many threads.
 *
 * <p>Who comes while a scrape is rendered, or within 100 ms after, gets the same bytes: any number of scrapers at once
 * cost as much as one. The buffer is kept between scrapes. A gauge that hangs holds up one scrape and its thread;
 * whoever comes meanwhile gets a 503 after 1.5 s. A slow client holds up nobody.
 *
 * <p>Anybody who reaches it may scrape, unless {@link Builder#access} says otherwise: scrapes usually come to a port of
 * their own that is closed to the outside. An answer that is not gzipped is good for one writing, as every adapter does.
 */
public final class MetricsEndpoint implements Endpoint {
    private static final System.Logger LOG = System.getLogger(MetricsEndpoint.class.getName());

    /** Less than the 2 s after which the management server cuts a client off. */
    private static final long WAIT_NANOS = 1_500_000_000L;

    private static final int MOST_SELECTED_AT_ONCE = 2;

    static final int LARGEST_SELECTED = 1024 * 1024;

    private static final Response UNAUTHORIZED =
            Response.text(401, "unauthorized\n").withHeader("WWW-Authenticate", "Bearer");
    private static final Response MALFORMED = Response.text(
            400,
            "at most " + NameSelection.MOST_NAMES + " names of " + NameSelection.LONGEST_NAME
                    + " characters each, percent-encoded\n");
    private static final Response BUSY =
            Response.text(503, "another scrape has not ended in time\n").withHeader("Retry-After", "1");

    private final PrometheusMeterRegistry registry;
    private final DetailsPolicy access;
    private final int largest;
    private final LongSupplier nanoTime;
    private final Map<ExpositionFormat, SharedScrape> shared = new EnumMap<>(ExpositionFormat.class);
    private final Semaphore selecting = new Semaphore(MOST_SELECTED_AT_ONCE);
    private final AtomicBoolean toldOfSize = new AtomicBoolean();
    private final AtomicBoolean toldOfTime = new AtomicBoolean();
    private final long waitNanos;

    MetricsEndpoint(Builder builder, long waitNanos, LongSupplier nanoTime) {
        this.registry = builder.registry;
        this.access = builder.access;
        this.largest = builder.largest;
        this.waitNanos = waitNanos;
        this.nanoTime = nanoTime;
        for (ExpositionFormat format : ExpositionFormat.values()) {
            shared.put(
                    format,
                    new SharedScrape(
                            format,
                            out -> format.write(registry.getPrometheusRegistry().scrape(), out),
                            largest,
                            builder.sharedFor,
                            nanoTime));
        }
    }

    /**
     * {@return an endpoint that anybody who reaches it may scrape}
     *
     * @param registry whose meters are served
     */
    public static MetricsEndpoint of(PrometheusMeterRegistry registry) {
        return builder(registry).build();
    }

    /**
     * {@return a builder for an endpoint that anybody who reaches it may scrape}
     *
     * @param registry whose meters are served
     */
    public static Builder builder(PrometheusMeterRegistry registry) {
        return new Builder(registry);
    }

    /**
     * {@return an endpoint for the Prometheus registry that this registry is, or has in it} Empty for any other: its
     * meters go where that registry sends them, and there is nothing to scrape.
     *
     * @param registry any registry, perhaps a composite
     */
    public static Optional<MetricsEndpoint> find(MeterRegistry registry) {
        return PrometheusRegistries.find(registry).map(MetricsEndpoint::of);
    }

    @Override
    public List<String> paths() {
        return List.of("/metrics");
    }

    @Override
    public Response handle(Request request) throws IOException {
        if (!access.allows(request)) {
            return UNAUTHORIZED;
        }
        ExpositionFormat format = ExpositionFormat.choose(request.headers("Accept"));
        String query = request.query();
        List<String> names = query == null ? List.of() : request.queryParameters(NameSelection.PARAMETER);
        if (!NameSelection.isBounded(names) || (query != null && NameSelection.isMalformed(query))) {
            return MALFORMED;
        }
        try {
            boolean mayGzip = ExpositionFormat.prefersGzip(request.headers("Accept-Encoding"));
            if (!names.isEmpty()) {
                return selected(format, new NameSelection(names), mayGzip);
            }
            Rendering rendering = requireNonNull(shared.get(format)).get(waitNanos);
            return rendering == null ? busy() : rendering.response(mayGzip);
        } catch (ScrapeBuffer.TooLarge tooLarge) {
            return tooLarge(tooLarge);
        }
    }

    /**
     * Not shared, since others want other names; and few at once, since a gauge that hangs would keep them all. What a
     * slow client holds afterwards is nobody's to take back, so it is small, and no larger than its bytes.
     */
    private Response selected(ExpositionFormat format, NameSelection names, boolean mayGzip) throws IOException {
        try {
            if (!selecting.tryAcquire(waitNanos, TimeUnit.NANOSECONDS)) {
                return busy();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return busy();
        }
        int most = Math.min(largest, LARGEST_SELECTED);
        try {
            Rendering made = SharedScrape.render(
                    format,
                    out -> format.write(registry.getPrometheusRegistry().scrape(names::contains), out),
                    new ScrapeBuffer(ScrapeBuffer.first(most), most),
                    nanoTime);
            return made.responseOfItsOwn(mayGzip);
        } catch (ScrapeBuffer.TooLarge tooLarge) {
            return Response.text(
                    400, "the metrics of these names are more than " + most + " bytes: ask for fewer, or for all\n");
        } finally {
            selecting.release();
        }
    }

    private Response busy() {
        if (toldOfTime.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "a scrape takes longer than {0} ms, perhaps because a gauge hangs: whoever comes meanwhile gets a 503; this is logged once",
                    waitNanos / 1_000_000);
        }
        return BUSY;
    }

    private Response tooLarge(ScrapeBuffer.TooLarge tooLarge) {
        if (toldOfSize.compareAndSet(false, true)) {
            LOG.log(
                    Level.ERROR,
                    "{0}: no scrape is answered; bound the labels, or give the endpoint a larger bound; this is logged once",
                    tooLarge.getMessage());
        }
        return Response.text(500, tooLarge.getMessage() + "\n");
    }

    /** Says who may scrape, and how much. Used by one thread. */
    public static final class Builder {
        private static final int LARGEST = 64 * 1024 * 1024;
        private static final Duration LONGEST_SHARED = Duration.ofSeconds(1);

        private final PrometheusMeterRegistry registry;
        private DetailsPolicy access = DetailsPolicy.open();
        private int largest = LARGEST;
        private Duration sharedFor = SharedScrape.SHARED_FOR;

        Builder(PrometheusMeterRegistry registry) {
            this.registry = requireNonNull(registry, "registry");
        }

        /**
         * Who may scrape; everybody by default. Others get a 401. With a token file of its own, who may scrape cannot
         * read health for that, and the other way round.
         *
         * @param who the policy, for example {@link DetailsPolicy#token}
         * @return this
         */
        public Builder access(DetailsPolicy who) {
            access = requireNonNull(who, "who");
            return this;
        }

        /**
         * How many bytes a scrape may have before compression; 64 MB by default. A larger one is answered with a 500.
         *
         * @param bytes the most, at least 1
         * @return this
         * @throws IllegalArgumentException if the number is less than 1
         */
        public Builder largest(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("a scrape needs a bound of at least 1 byte, not " + bytes);
            }
            largest = bytes;
            return this;
        }

        /**
         * For how long a scrape is given out again; 100 ms by default. With zero, only those share one that come while it
         * is rendered: for a test that scrapes after each step.
         *
         * @param time zero to 1 s
         * @return this
         * @throws IllegalArgumentException if the time is out of range
         */
        public Builder sharedFor(Duration time) {
            if (time.isNegative() || time.compareTo(LONGEST_SHARED) > 0) {
                throw new IllegalArgumentException("a scrape may be given out again for zero to 1 s, not for " + time);
            }
            sharedFor = time;
            return this;
        }

        /** {@return the endpoint} */
        public MetricsEndpoint build() {
            return new MetricsEndpoint(this, WAIT_NANOS, System::nanoTime);
        }
    }
}
