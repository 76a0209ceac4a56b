package dev.vitals.errors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sentry.Sentry;
import io.sentry.SentryOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StartTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, UTF_8);

    @Test
    void aDryRunWritesWhatWouldBeSentAndIsCounted() {
        try (ErrorTracking tracking = ErrorTracking.dryRun(out)) {
            Sentry.captureException(new IllegalStateException("login of bob@example.com, password=hunter2"));

            assertThat(tracking.sent()).isEqualTo(1);
        }

        assertThat(written.toString(UTF_8))
                .contains("\"type\":\"event\"", "IllegalStateException", "login of [email], password=[redacted]")
                .doesNotContain("bob@", "hunter2");
        assertThat(Sentry.isEnabled()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({", 0.1, production", "production, 0.1, production", "staging, 1.0, staging"})
    void productionSendsATenthOfItsTransactions(@Nullable String environment, double traces, String named) {
        ErrorTrackingBuilder builder = ErrorTracking.builder().dryRun(out).release("shop@1.2.3");
        if (environment != null) {
            builder.environment(environment);
        }
        var seen = new SentryOptions[1];
        try (ErrorTracking started =
                builder.options(options -> seen[0] = options).start()) {
            SentryOptions options = seen[0];

            assertThat(options.getTracesSampleRate()).isEqualTo(traces);
            assertThat(options.getProfileSessionSampleRate()).isNull();
            assertThat(options.getSampleRate()).isNull();
            assertThat(options.getEnvironment()).isEqualTo(named);
            assertThat(options.getRelease()).isEqualTo("shop@1.2.3");
            assertThat(options.getDataCollectionResolver().isUserInfo()).isFalse();
            assertThat(options.isAttachServerName()).isFalse();
            assertThat(options.isAttachThreads()).isFalse();
            assertThat(started.dropped()).isZero();
        }
    }

    @Test
    void profilesAreMadeWhereThereIsAProfiler(@TempDir Path folder) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.createFile(services.resolve("io.sentry.profiling.JavaContinuousProfilerProvider"));

        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            assertThat(Start.profiles(loader)).isTrue();
        }
        assertThat(Start.profiles(SentryOptions.class.getClassLoader())).isFalse();
    }

    @Test
    void aProcessIsASessionByChoice() {
        ErrorTracking.builder().dryRun(out).release("shop@1.2.3").start().close();
        assertThat(written.toString(UTF_8)).doesNotContain("\"type\":\"session\"");

        ErrorTracking.builder()
                .dryRun(out)
                .release("shop@1.2.3")
                .releaseHealth()
                .start()
                .close();

        assertThat(written.toString(UTF_8)).contains("\"type\":\"session\"", "\"status\":\"exited\"");
    }

    @Test
    void withoutADsnItDoesNotStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErrorTracking.builder().start())
                .withMessageContaining("DSN");
    }

    static Stream<Consumer<ErrorTrackingBuilder>> optionsOwn() {
        return Stream.of(
                builder -> builder.dsn("https://key@host/1"),
                builder -> builder.environment("staging"),
                builder -> builder.release("x"),
                builder -> builder.dryRun(System.out),
                builder -> builder.options(options -> {}),
                builder -> builder.cache(Path.of("x"), 1),
                ErrorTrackingBuilder::releaseHealth);
    }

    @ParameterizedTest
    @MethodSource("optionsOwn")
    void whatBelongsIntoTheApplicationsOwnOptionsIsRefusedThere(Consumer<ErrorTrackingBuilder> option) {
        ErrorTrackingBuilder builder = ErrorTracking.builder();
        option.accept(builder);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.install(new SentryOptions()))
                .withMessageContaining("start()");
    }

    @Test
    void aCacheKeepsOneReportAtLeast() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ErrorTracking.builder().cache(Path.of("x"), 0));
    }

    @Test
    void closingWhatWasInstalledLeavesTheApplicationsSentryAlone() throws Exception {
        try (Wire wire = Wire.open()) {
            wire.tracking.close();

            assertThat(Sentry.isEnabled()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "shop, 1.2.3, , shop@1.2.3",
        "shop, 1.2.3, 3f2a91c, shop@1.2.3+3f2a91c",
        "Orders Service, 2, , Orders-Service@2"
    })
    void aReleaseIsNamedAsSentryWantsIt(String name, String version, @Nullable String commit, String release) {
        assertThat(Release.named(name, version, commit)).isEqualTo(release);
    }

    @Test
    void theReleaseIsTakenFromTheManifestAndFromGit() throws Exception {
        // JUnit's jar says both, and no git.properties is here.
        assertThat(Release.of(Test.class)).startsWith("junit-jupiter-api@");
        assertThat(Release.of(StartTest.class)).isNull();
        assertThat(Release.commit(new ByteArrayInputStream(
                        "git.commit.id.abbrev=3f2a91c\ngit.commit.id=3f2a91c0".getBytes(UTF_8))))
                .isEqualTo("3f2a91c");
        assertThat(Release.commit(new ByteArrayInputStream("git.branch=main".getBytes(UTF_8))))
                .isNull();
        assertThat(Release.commit(new ByteArrayInputStream("a=\\u12".getBytes(UTF_8))))
                .isNull();
    }
}
