package dev.vitals.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthListener;
import dev.vitals.health.HealthMonitor;
import dev.vitals.health.HealthReport;
import dev.vitals.health.HealthResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A real application on a real port, with the auto-configuration found as an application finds it. */
class SpringApplicationTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    static Path folder;

    @Test
    void anApplicationThatIsWellSaysSo() throws Exception {
        try (var application = start(Well.class)) {
            awaitAnswer(application, "/health/readiness", 200, "UP");
            assertAnswer(application, "/health/liveness", 200, "UP");
            assertAnswer(application, "/health", 200, "UP");
        }
    }

    @Test
    void anApplicationWhoseDatabaseIsDownIsAliveButNotReady() throws Exception {
        try (var application = start(Unwell.class)) {
            awaitAnswer(application, "/health/readiness", 503, "DOWN");
            assertAnswer(application, "/health/liveness", 200, "UP");
            assertAnswer(application, "/health", 503, "DOWN");
        }
    }

    @Test
    void detailsAreForNobodyUnlessToldOtherwise() throws Exception {
        try (var application = start(Unwell.class)) {
            awaitAnswer(application, "/health/readiness", 503, "DOWN");
            assertThat(ask(application, "/health").body()).doesNotContain("database");
            assertThat(ask(application, "/health/database").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void openDetailsAreForAll() throws Exception {
        try (var application = start(Unwell.class, "vitals.health.details=open")) {
            await(() -> ask(application, "/health").body().contains("no answer from it"));
            assertThat(ask(application, "/health/database").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void detailsBehindATokenAreForItsBearer() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), TOKEN);
        try (var application = start(Well.class, "vitals.health.details=token", "vitals.health.token-file=" + file)) {
            assertThat(ask(application, "/health").body()).doesNotContain("database");
            assertThat(ask(application, "/health", "Authorization", "Bearer " + TOKEN)
                            .body())
                    .contains("database");
        }
    }

    @Test
    void theContextPathIsTheApplications() throws Exception {
        try (var application = start(Well.class, "server.servlet.context-path=/shop")) {
            assertAnswer(application, "/shop/health/liveness", 200, "UP");
        }
    }

    @Test
    void aShutdownIsSeenByTheLoadBalancerWhileRequestsAreServed() throws Exception {
        try (var application = start(Well.class, "vitals.health.drain=2s")) {
            awaitAnswer(application, "/health/readiness", 200, "UP");
            var shutdown = new Thread(application::close, "shutdown");
            shutdown.start();
            await(() -> ask(application, "/health/readiness").statusCode() == 503);
            assertThat(ask(application, "/health/readiness").body()).contains("draining");
            assertAnswer(application, "/health/liveness", 200, "UP");
            shutdown.join(30_000);
            assertThat(shutdown.isAlive()).isFalse();
        }
    }

    @Test
    void aListenerIsToldOnceEvenIfItIsACheckToo() throws Exception {
        try (var application = start(Listening.class)) {
            var listening = application.getBean(ListeningCheck.class);
            await(() -> listening.told.stream().anyMatch(told -> told.startsWith("database")));
            // Changes are told in order, so what would be told twice is there by now.
            await(() -> listening.told.stream().anyMatch(told -> told.startsWith("second")));
            assertThat(listening.told).containsExactlyInAnyOrder("database DOWN", "second UP");
            assertThat(application.getBean(HealthMonitor.class).report().checks())
                    .extracting(HealthReport.Check::name)
                    .containsExactlyInAnyOrder("database", "second");
        }
    }

    @Test
    void theTerminationLogExplainsARestart() throws Exception {
        Path file = folder.resolve("termination-log");
        try (var application = start(Unwell.class, "vitals.health.termination-log=" + file)) {
            await(() -> Files.exists(file) && read(file).contains("database is DOWN: no answer from it"));
            assertAnswer(application, "/health/liveness", 200, "UP");
        }
    }

    @Test
    void theAcceptorIsASignOfLifeIfAskedFor() throws Exception {
        try (var application = start(Well.class, "vitals.health.details=open")) {
            assertThat(ask(application, "/health").body()).doesNotContain("acceptor");
        }
        try (var application =
                start(Well.class, "vitals.health.details=open", "vitals.health.liveness.acceptor=true")) {
            assertThat(ask(application, "/health/acceptor").body()).contains("\"UP\"", "liveness");
            assertThat(VitalsHealthAutoConfiguration.port(application))
                    .isEqualTo(application.getEnvironment().getProperty("local.server.port", Integer.class));

            application.stop();
            assertThat(VitalsHealthAutoConfiguration.port(application))
                    .as("stopped on purpose")
                    .isZero();
        }
    }

    private record Wrong(List<String> properties, List<String> message) {}

    static Stream<Arguments> wrong() {
        return Stream.of(
                        new Wrong(List.of("details=some"), List.of("vitals.health.details", "DENIED", "OPEN", "TOKEN")),
                        new Wrong(List.of("details=token"), List.of("set vitals.health.token-file as well")),
                        new Wrong(List.of("token-file=/none"), List.of("set vitals.health.details=token as well")),
                        new Wrong(
                                List.of("details=token", "token-file=/no/such/file"),
                                List.of("the token file /no/such/file cannot be read: create it")),
                        new Wrong(List.of("drain=-1s"), List.of("vitals.health.drain", "0 or more, like 10s")),
                        new Wrong(
                                List.of("termination-log=/no/such/folder/log"),
                                List.of("vitals.health.termination-log", "name a file in a folder that exists")),
                        new Wrong(List.of("drain=soon"), List.of("vitals.health.drain", "soon", "java.time.Duration")))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    @ExtendWith(OutputCaptureExtension.class)
    void aPropertyThatMakesNoSenseStopsTheStartAndSaysHowToMendIt(Wrong wrong, CapturedOutput output) {
        String[] properties =
                wrong.properties().stream().map("vitals.health."::concat).toArray(String[]::new);
        assertThatThrownBy(() -> start(Well.class, properties).close()).isInstanceOf(Exception.class);
        assertThat(output.getAll()).contains("APPLICATION FAILED TO START").contains(wrong.message());
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aCheckWhoseBeanNameIsNotFitStopsTheStartAndSaysWhatIs(CapturedOutput output) {
        assertThatThrownBy(() -> start(Misnamed.class).close())
                .rootCause()
                .hasMessageContaining("a check's name is")
                .hasMessageContaining("my database");
        assertThat(output.getAll()).contains("my database");
    }

    private static ConfigurableApplicationContext start(Class<?> application, String... properties) {
        return new SpringApplicationBuilder(application)
                .properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off")
                .properties("server.tomcat.basedir=" + folder)
                .properties("spring.main.register-shutdown-hook=false", "logging.level.root=warn")
                .properties(properties)
                .run();
    }

    private static HttpResponse<String> ask(
            ConfigurableApplicationContext application, String path, String... headers) {
        String port = application.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError("no answer from " + path, failed);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void assertAnswer(ConfigurableApplicationContext application, String path, int status, String body) {
        var answer = ask(application, path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"status\":\"" + body + "\"");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    /** Until the first run of each check is over, the answer is that of an application that starts. */
    private static void awaitAnswer(ConfigurableApplicationContext application, String path, int status, String body)
            throws Exception {
        await(() -> !ask(application, path).body().contains("starting"));
        assertAnswer(application, path, status, body);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Well {
        @Bean
        HealthCheck database() {
            return deadline -> HealthResult.up();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Unwell {
        @Bean
        HealthCheck database() {
            return deadline -> HealthResult.down("no answer from it");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Listening {
        @Bean
        ListeningCheck database() {
            return new ListeningCheck();
        }

        @Bean
        HealthMonitorCustomizer second() {
            return health -> health.observe(
                    "second", deadline -> HealthResult.up(), check -> check.initialDelay(Duration.ofMillis(500)));
        }
    }

    /** A check that wants to know what becomes of all of them. */
    static final class ListeningCheck implements HealthCheck, HealthListener {
        final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public HealthResult check(Deadline deadline) {
            return HealthResult.down("no answer from it");
        }

        @Override
        public void onChanged(HealthReport.Check before, HealthReport.Check after) {
            told.add(after.name() + " " + after.status());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Misnamed {
        @Bean("my database")
        HealthCheck database() {
            return deadline -> HealthResult.up();
        }
    }
}
