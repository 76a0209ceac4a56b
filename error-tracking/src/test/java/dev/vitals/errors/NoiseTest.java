package dev.vitals.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentry.Breadcrumb;
import io.sentry.SentryEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseTest {
    private final Noise noise = new Noise(Set.of("org.apache.kafka"));

    @ParameterizedTest
    @CsvSource({
        "/health, true",
        "/health/readiness, true",
        "/metrics, true",
        "/metrics?name[]=up, true",
        "http://shop:8080/health, true",
        "http://shop:8080/health#top, true",
        "https://shop/metrics?x=1, true",
        "http://shop:8080/healthy, false",
        "http://shop:8080/orders/health, false",
        "http://health, false",
        "http://health/orders, false",
        "/orders, false"
    })
    void requestsForHealthAndMetricsAreNoise(String url, boolean isNoise) {
        assertThat(noise.isOne(Breadcrumb.http(url, "GET"))).isEqualTo(isNoise);
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.kafka, true",
        "org.apache.kafka.clients.NetworkClient, true",
        "org.apache.kafkaesque, false",
        "org.apache, false",
        "shop.Orders, false"
    })
    void aNoisyLoggerAndThoseBelowItAreNoise(String logger, boolean isNoise) {
        Breadcrumb crumb = new Breadcrumb("x");
        crumb.setCategory(logger);

        assertThat(noise.isOne(crumb)).isEqualTo(isNoise);
    }

    @Test
    void allElseStaysInItsOrder() {
        var event = new SentryEvent();
        event.setBreadcrumbs(new ArrayList<>(
                List.of(new Breadcrumb("first"), Breadcrumb.http("/health", "GET"), new Breadcrumb("second"))));

        noise.leaveOut(event);

        assertThat(event.getBreadcrumbs()).extracting(Breadcrumb::getMessage).containsExactly("first", "second");
    }

    @Test
    void whatHasNoBreadcrumbsStaysAsItIs() {
        var event = new SentryEvent();

        noise.leaveOut(event);

        assertThat(event.getBreadcrumbs()).isNull();
    }
}
