package dev.vitals.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.vitals.metrics.MetricCatalogue.Metric;
import dev.vitals.testkit.Postgres;
import dev.vitals.testkit.Redis;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.lettuce.core.RedisClient;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All that an application stands on, bound and used: what comes out is what the catalogue says, and is little. */
class ResourceCatalogueTest {
    private static final Pattern NOT_EVERYWHERE = Pattern.compile(
            // A limit; a concurrent collection, which is a matter of chance; another system than Windows.
            "vitals_container_.*|jvm_gc_concurrent_phase_time_.*|process_files_.*|system_load_average_1m");

    private static final PrometheusMeterRegistry REGISTRY = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private static final List<AutoCloseable> CLOSERS = new ArrayList<>();
    private static String scrape = "";

    @BeforeAll
    static void bindAndUseAll() throws Exception {
        CLOSERS.add(JvmMetrics.bind(REGISTRY));
        CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
        breakers.circuitBreaker("pricing").executeSupplier(() -> 1);
        CircuitBreakerMetrics.bind(breakers, REGISTRY);
        useDatabase();
        useRedis();
        awaitCollection();
        scrape = REGISTRY.scrape();
    }

    private static void useDatabase() throws Exception {
        Postgres postgres = Postgres.start();
        CLOSERS.add(0, postgres);
        HikariDataSource pool = postgres.pool();
        CLOSERS.add(0, pool);
        PoolMetrics.bind(pool, REGISTRY);
        try (Connection connection = JdbcMetrics.observe(pool, REGISTRY).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    private static void useRedis() throws Exception {
        Redis redis = Redis.start();
        CLOSERS.add(0, redis);
        ClientResources resources = DefaultClientResources.builder()
                .commandLatencyRecorder(RedisMetrics.recorder(REGISTRY))
                .build();
        CLOSERS.add(0, () -> resources.shutdown(0, 1, TimeUnit.SECONDS).get());
        RedisClient client = RedisClient.create(resources, redis.uri(Redis.PASSWORD));
        CLOSERS.add(0, () -> client.shutdown(0, 1, TimeUnit.SECONDS));
        client.connect().sync().set("key-4711", "value-4711");
    }

    private static void awaitCollection() throws InterruptedException {
        System.gc();
        long giveUp = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (REGISTRY.find("jvm.gc.pause").timer() == null) {
            assertThat(System.nanoTime()).as("no collection was told").isLessThan(giveUp);
            Thread.sleep(20);
        }
    }

    @AfterAll
    static void closeAll() throws Exception {
        for (AutoCloseable closer : CLOSERS) {
            closer.close();
        }
    }

    @Test
    void whatTheBindersEmitStandsInTheCatalogue() {
        Map<String, Metric> catalogue =
                MetricCatalogue.all().stream().collect(Collectors.toMap(Metric::name, Function.identity()));

        assertThat(Exposition.families(scrape).values()).hasSizeGreaterThan(50).allSatisfy(family -> {
            Metric listed = catalogue.get(family.name());
            assertThat(listed).as(family.name()).isNotNull();
            assertThat(new TreeSet<>(listed.labelNames()))
                    .as(family.name())
                    .isEqualTo(new TreeSet<>(family.asMetric().labelNames()));
            assertThat(type(scrape, family.name())).isEqualTo(listed.type());
            if (!family.name().startsWith("resilience4j_")) {
                // Theirs has one for each kind, of which Prometheus is shown any.
                assertThat(listed.description()).isEqualTo(family.help());
            }
        });
    }

    @Test
    void whatStandsInTheCatalogueIsEmitted() {
        var emitted = Exposition.families(scrape).keySet();

        assertThat(ResourceDefinitions.ALL.stream()
                        .flatMap(definition -> definition.metrics().stream())
                        .map(Metric::name)
                        .filter(name -> !NOT_EVERYWHERE.matcher(name).matches()))
                .allMatch(emitted::contains);
    }

    @Test
    void prometheusOwnToolFindsNoFault() throws Exception {
        Promtool.check(scrape);
    }

    @Test
    void thereAreFewSeriesAndNothingOfAnybodysInThem() {
        assertThat(scrape.lines().filter(line -> !line.startsWith("#"))).hasSizeLessThan(200);
        assertThat(scrape).doesNotContain("key-4711", "value-4711", System.getProperty("user.dir"), "SELECT 1");
    }

    /** As it stands in the text: {@link Exposition} takes a summary for a histogram. */
    private static MetricCatalogue.Type type(String scrape, String family) {
        String line = scrape.lines()
                .filter(each -> each.startsWith("# TYPE " + family + " "))
                .findFirst()
                .orElseThrow();
        return MetricCatalogue.Type.valueOf(
                line.substring(line.lastIndexOf(' ') + 1).toUpperCase(Locale.ROOT));
    }
}
