package dev.vitals.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsTest {
    private final Endpoints endpoints = Endpoints.of(
            FakeEndpoint.text("/health/*", "subtree"),
            FakeEndpoint.text("/health/deep/*", "deeper"),
            FakeEndpoint.text("/health/exact", "exact"),
            FakeEndpoint.text("/metrics", "metrics"));

    @ParameterizedTest
    @CsvSource({
        "/health,          200, subtree",
        "/health/,         200, subtree",
        "/health/x/y,      200, subtree",
        "/health/exact,    200, exact",
        "/health/exact/x,  200, subtree",
        "/health/deep,     200, deeper",
        "/health/deep/er,  200, deeper",
        "/health/deeper,   200, subtree",
        "/healthy,         404, 'not found\n'",
        "/metrics,         200, metrics",
        "/metrics/x,       404, 'not found\n'",
        "/,                404, 'not found\n'",
    })
    void theMostParticularPathAnswers(String path, int status, String body) {
        Response response = endpoints.handle(FakeRequest.get(path));

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.bodyAsText()).isEqualTo(body);
    }

    @Test
    void anotherMethodIsTold405WithWhatIsAllowed() {
        Response response = endpoints.handle(FakeRequest.of("DELETE", "/metrics"));

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers()).containsEntry("Allow", "GET, HEAD");
    }

    @Test
    void headIsAnsweredWhereverGetIs() {
        assertThat(endpoints.handle(FakeRequest.of("HEAD", "/metrics")).status())
                .isEqualTo(200);
    }

    @Test
    void headIsNotAnsweredWhereGetIsNot() {
        var postOnly =
                Endpoints.of(new FakeEndpoint(List.of("/faults"), Set.of("POST"), request -> Response.text(200, "")));

        Response response = postOnly.handle(FakeRequest.of("HEAD", "/faults"));

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers()).containsEntry("Allow", "POST");
    }

    @Test
    void nothingIsStoredOrSniffed() {
        for (String path : List.of("/metrics", "/unknown")) {
            assertThat(endpoints.handle(FakeRequest.get(path)).headers())
                    .containsEntry("Cache-Control", "no-store")
                    .containsEntry("X-Content-Type-Options", "nosniff");
        }
    }

    @Test
    void anEndpointThatThrowsIsABare500AndIsCounted() {
        var throwing = Endpoints.of(FakeEndpoint.doing("/x", request -> {
            throw new StackOverflowError("secret");
        }));

        Response response = throwing.handle(FakeRequest.get("/x"));

        assertThat(response.status()).isEqualTo(500);
        assertThat(response.bodyAsText()).doesNotContain("secret");
        assertThat(throwing.failures()).isEqualTo(1);
    }

    @Test
    void twoClaimsOfOnePathAreRefused() {
        assertThatThrownBy(() -> Endpoints.of(FakeEndpoint.text("/a", ""), FakeEndpoint.text("/a", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/a")
                .hasMessageContaining("leave one of them out");
    }

    @Test
    void aPathWithoutItsSlashIsRefused() {
        assertThatThrownBy(() -> Endpoints.of(FakeEndpoint.text("health", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must begin with");
    }
}
