package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.HealthEndpointTest.FakeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenPolicyTest {
    private static final String ONE = "0123456789abcdef0123456789abcdef";
    private static final String OTHER = "fedcba9876543210fedcba9876543210";

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong(1_000_000_000_000_000L);
    private Path file;

    @BeforeEach
    void writeTokens() throws IOException {
        file = folder.resolve("token");
        write(ONE + "\n" + OTHER + "\n", 1);
    }

    @Test
    void eitherTokenLetsIn() {
        TokenPolicy policy = policy();

        assertThat(policy.allows(sending("Bearer " + ONE))).isTrue();
        assertThat(policy.allows(sending("bearer " + OTHER))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer x",
                "Basic " + ONE,
                ONE,
                "Bearer " + ONE + "0",
                "Bearer 0123456789abcdef0123456789abcde",
                "Bearer " + ONE + "\n" + OTHER
            })
    void nothingElseDoes(String header) {
        assertThat(policy().allows(sending(header))).isFalse();
    }

    @Test
    void withoutAHeaderNobodyGetsIn() {
        assertThat(policy().allows(new FakeRequest("/health", Map.of()))).isFalse();
    }

    @Test
    void aChangedFileIsReadAgain() throws IOException {
        TokenPolicy policy = policy();
        write(OTHER, 2);

        assertThat(policy.allows(sending("Bearer " + ONE)))
                .as("within the second")
                .isTrue();
        nanos.addAndGet(1_000_000_000L);
        assertThat(policy.allows(sending("Bearer " + ONE))).isFalse();
        assertThat(policy.allows(sending("Bearer " + OTHER))).isTrue();
    }

    @Test
    void whileTheFileIsGoneNobodyGetsIn() throws IOException {
        TokenPolicy policy = policy();

        Files.delete(file);
        nanos.addAndGet(1_000_000_000L);
        assertThat(policy.allows(sending("Bearer " + ONE))).isFalse();

        write(ONE, 3);
        nanos.addAndGet(1_000_000_000L);
        assertThat(policy.allows(sending("Bearer " + ONE))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "short", "0123456789abcdef0123456789abcde"})
    void aFileWithoutAFitTokenIsRefusedAtSetUp(String content) throws IOException {
        write(content, 4);

        assertThatThrownBy(this::policy)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("openssl rand -hex 32");
    }

    @Test
    void threeTokensAreOneTooMany() throws IOException {
        write(ONE + "\n" + OTHER + "\n" + ONE + "0", 5);

        assertThatThrownBy(this::policy).hasMessageContaining("one or two tokens");
    }

    @Test
    void aMissingFileIsRefusedAtSetUp() {
        assertThatThrownBy(() -> DetailsPolicy.token(folder.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be read");
    }

    private TokenPolicy policy() {
        return new TokenPolicy(file, nanos::get, Runnable::run);
    }

    private void write(String content, long second) throws IOException {
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000L + second)));
    }

    private static FakeRequest sending(String header) {
        return new FakeRequest("/health", Map.of("Authorization", header));
    }

    @Test
    void blankLinesAndALargeFileAreNoMatter() throws IOException {
        write(ONE + "\n\n  " + OTHER + "  " + "\n".repeat(8192 - 2 - 64 - 4), 6);
        assertThat(Files.size(file)).isEqualTo(8192);

        assertThat(policy().allows(sending("Bearer " + OTHER))).isTrue();
        write(Files.readString(file) + "\n", 7);
        assertThatThrownBy(this::policy).hasMessageContaining("larger than 8192 bytes");
    }

    @Test
    void thatAFileIsGoneIsLoggedOnce() throws IOException {
        try (var logged = LoggedHealth.begin(DetailsPolicy.class)) {
            TokenPolicy policy = policy();
            Files.delete(file);
            for (int i = 0; i < 5; i++) {
                nanos.addAndGet(1_000_000_000L);
                policy.allows(sending("Bearer " + ONE));
            }

            assertThat(logged.lines()).singleElement().asString().contains("cannot be used any more");
        }
    }

    @Test
    void whereThereIsNoMemoryForAThreadItIsTriedAgain() throws IOException {
        var poor = new AtomicBoolean(true);
        var policy = new TokenPolicy(file, nanos::get, task -> {
            if (poor.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            task.run();
        });
        write(OTHER, 8);
        nanos.addAndGet(1_000_000_000L);
        assertThat(policy.allows(sending("Bearer " + ONE)))
                .as("what is known holds")
                .isTrue();
        poor.set(false);

        assertThat(policy.allows(sending("Bearer " + ONE))).isFalse();
        assertThat(policy.allows(sending("Bearer " + OTHER))).isTrue();
    }

    @Test
    void theRealOneReadsOnAThreadOfItsOwn() throws IOException {
        DetailsPolicy policy = DetailsPolicy.token(file);
        write(OTHER, 9);
        assertThat(policy.allows(sending("Bearer " + OTHER))).isTrue();

        Eventually.eventually(() -> !policy.allows(sending("Bearer " + ONE)));
    }

    @Test
    void theOthersSayTheSameToAll() {
        assertThat(DetailsPolicy.open().allows(sending(""))).isTrue();
        assertThat(DetailsPolicy.denied().allows(sending("Bearer " + ONE))).isFalse();
    }
}
