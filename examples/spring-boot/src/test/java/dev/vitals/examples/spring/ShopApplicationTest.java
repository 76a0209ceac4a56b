package dev.vitals.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class ShopApplicationTest {
    @TempDir
    static Path folder;

    @Test
    void theShopServesOrdersAndHealth() throws Exception {
        try (var shop = start()) {
            assertThat(get(shop, "/orders/7").body()).isEqualTo("order 7 is on its way\n");
            await(shop, 200);
            assertThat(get(shop, "/health").body()).contains("\"name\":\"receipts\"", "\"status\":\"UP\"");
            assertThat(get(shop, "/health/liveness").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void withoutItsFolderTheShopIsNotReady() throws Exception {
        try (var shop = start("--shop.receipts=/no/such/folder")) {
            await(shop, 503);
            assertThat(get(shop, "/health/readiness").body()).contains("the folder cannot be written");
            assertThat(get(shop, "/health/liveness").statusCode()).isEqualTo(200);
        }
    }

    private static ConfigurableApplicationContext start(String... more) {
        var application = new SpringApplication(ShopApplication.class);
        application.setRegisterShutdownHook(false);
        String[] arguments = Stream.concat(
                        Stream.of(
                                "--server.port=0",
                                "--server.address=127.0.0.1",
                                "--vitals.health.drain=0s",
                                "--server.tomcat.basedir=" + folder),
                        Arrays.stream(more))
                .toArray(String[]::new);
        return application.run(arguments);
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext shop, String path) throws Exception {
        String port = shop.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static void await(ConfigurableApplicationContext shop, int status) throws Exception {
        long end = System.nanoTime() + 20_000_000_000L;
        while (get(shop, "/health").body().contains("not checked yet")) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(10);
        }
        assertThat(get(shop, "/health/readiness").statusCode()).isEqualTo(status);
    }
}
