package dev.vitals.health;

import static dev.vitals.health.HealthEndpoint.Format.VITALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.HealthEndpoint.Format;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                    */*                                                              | VITALS
                    application/json                                                 | VITALS
                    APPLICATION/JSON; charset=utf-8                                  | VITALS
                    application/*                                                    | VITALS
                    application/health+json                                          | IETF
                    application/vnd.spring-boot.actuator.v3+json, application/json   | ACTUATOR
                    text/html                                                        | HTML
                    text/*                                                           | HTML
                    text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8  | HTML
                    application/json, text/plain, */*                                | VITALS
                    text/html;q=0.5, application/json                                | VITALS
                    application/json;q=0.5, text/html;q=0.6                          | HTML
                    application/json, text/html                                      | VITALS
                    text/html, application/json                                      | HTML
                    application/health+json;q=0, */*                                 | VITALS
                    application/json;q=0, */*                                        | IETF
                    */*;q=0.1, application/health+json;q=0.2                         | IETF
                    text/html;level=1;q=0.3, application/health+json;q=0.2           | HTML
                    image/png, */*;q=.2                                              | VITALS
                    image/png                                                        | none
                    image/png, application/json;q=0                                  | none
                    */*;q=0                                                          | none
                    text/plain;version=0.0.4                                         | none
                    text/html;q=high, application/json;q=0.1                         | VITALS
                    text/html;q=2, application/json;q=0.1                            | VITALS
                    text/html;q=NaN, application/json;q=0.1                          | VITALS
                    ,,;;q=1,nonsense,/,a/                                            | VITALS
                    *                                                                | VITALS
                    """)
    void theClientsWishIsRead(String header, Format wanted) {
        assertThat(Accept.choose(List.of(header), VITALS)).isEqualTo(wanted);
    }

    @Test
    void noWishIsThePathsOwnFormat() {
        for (Format format : Format.values()) {
            assertThat(Accept.choose(List.of(), format)).isEqualTo(format);
            assertThat(Accept.choose(List.of("*/*"), format)).isEqualTo(format);
            assertThat(Accept.choose(List.of("*/*;q=0.5"), format)).isEqualTo(format);
        }
        assertThat(Accept.choose(List.of("application/json"), Format.MICROPROFILE))
                .isEqualTo(Format.MICROPROFILE);
        assertThat(Accept.choose(List.of("application/json"), Format.HTML)).isEqualTo(VITALS);
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(Accept.choose(List.of("image/png", "text/html"), VITALS)).isEqualTo(Format.HTML);
    }

    @Test
    void ofAHeaderThatIsTooLongTheBeginningIsRead() {
        assertThat(Accept.choose(List.of("text/html," + "a/b,".repeat(100_000)), VITALS))
                .isEqualTo(Format.HTML);
        assertThat(Accept.choose(List.of("a/b,".repeat(100_000) + "text/html"), VITALS))
                .isEqualTo(VITALS);
        assertThat(Accept.choose(List.of("a".repeat(1_000_000)), VITALS)).isEqualTo(VITALS);
        assertThat(Accept.choose(List.of("text/html" + ";".repeat(1_000_000)), VITALS))
                .isEqualTo(Format.HTML);
    }

    @Test
    void nothingThatIsSentMakesItThrow() {
        var random = new Random(7);
        String signs = "*/;,q=.01 atexhml\t\"\u0000\ud800+";
        for (int i = 0; i < 20_000; i++) {
            var header = new StringBuilder();
            for (int length = random.nextInt(30); length > 0; length--) {
                header.append(signs.charAt(random.nextInt(signs.length())));
            }
            Format chosen = Accept.choose(List.of(header.toString()), VITALS);
            assertThat(chosen == null || List.of(Format.values()).contains(chosen))
                    .isTrue();
        }
    }
}
