package dev.vitals.health.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, 18.6, PostgreSQL 18.6",
        "PostgreSQL, 16.3 (Debian 16.3-1.pgdg120+1), PostgreSQL 16.3",
        "MySQL, 8.4.2, MySQL 8.4.2",
        "Oracle, Oracle Database 23ai Enterprise Edition, Oracle",
        "H2, , H2",
        "H2, '', H2",
        ", 1, ",
        "' ', 1, "
    })
    void aProductIsItsNameAndTheNumberOfItsVersion(
            @Nullable String name, @Nullable String version, @Nullable String expected) {
        assertThat(Product.name(name, version)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "nothing to hide, nothing to hide",
        "jdbc:h2:mem:x, [JDBC URL]",
        "'JDBC:a:b and jdbc:c:d?password=x, too', '[JDBC URL] and [JDBC URL] too'",
        "jdbc, jdbc"
    })
    void urlsAreTakenOut(String message, String expected) {
        assertThat(Messages.withoutUrl(message)).isEqualTo(expected);
    }

    /** Half a password in half a URL would pass the scrubber. */
    @Test
    void aLongMessageStaysWhole() {
        String message = "x".repeat(490) + " https://bob:s3cret@db/x";

        assertThat(Messages.withoutUrl(message)).isEqualTo(message);
    }
}
