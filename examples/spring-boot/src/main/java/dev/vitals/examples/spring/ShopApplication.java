package dev.vitals.examples.spring;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A shop with one check: start it, and ask for {@code http://localhost:8080/health}. */
@SpringBootApplication(proxyBeanMethods = false)
@RestController
public class ShopApplication {
    /**
     * Starts the shop.
     *
     * @param arguments Spring Boot's own, like {@code --server.port=8090}
     */
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }

    @GetMapping("/orders/{id}")
    String order(@PathVariable String id) {
        return "order " + id + " is on its way\n";
    }

    /** The shop writes its receipts to a folder, and is not ready while it cannot. */
    @Bean
    HealthCheck receipts(@Value("${shop.receipts}") Path folder) {
        return deadline ->
                Files.isWritable(folder) ? HealthResult.up() : HealthResult.down("the folder cannot be written");
    }
}
