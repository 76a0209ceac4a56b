package dev.vitals.scrubbing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplacementTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);

    @ParameterizedTest
    @CsvSource({
        "4, 4, 4111111111111111, 4111********1111",
        "4, 4, 4111 1111 1111 1111, 4111***********1111",
        "0, 4, 4111111111111111, ************1111",
        "6, 4, 4111111111111111, ****************",
        "1, 0, bob, b**",
        "1, 1, bob, ***",
        "1, 0, b@, b*",
        "0, 0, hunter2, *******",
        "2147483647, 2147483647, hunter2, *******",
        "1, 1, 😀😀😀, ******",
        "2, 2, 😀😀😀😀, 😀****😀",
        "0, 0, '', ''"
    })
    void aMaskKeepsAFewCharactersAndNeverMoreThanHalf(int first, int last, String found, String expected) {
        Replacement mask = Replacement.mask(first, last);

        String once = mask.replace(Kind.CARD, found);

        assertThat(once).isEqualTo(expected);
        assertThat(mask.replace(Kind.CARD, once)).isEqualTo(once);
    }

    @Test
    void misuseIsSaidAtSetUp() {
        assertThatThrownBy(() -> Replacement.mask(-1, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> Replacement.pseudonym(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32")
                .hasMessageContaining("31");
    }

    @Test
    void aFindingCanBeRemoved() {
        assertThat(Replacement.remove().replace(Kind.EMAIL, "bob@example.com")).isEmpty();
        assertThat(Replacement.label().replace(Kind.EMAIL, "bob@example.com")).isEqualTo("[email]");
    }

    // The expected value: `printf 'email\0bob@example.com' | openssl dgst -sha256 -hmac KEY -binary | base32`.
    @Test
    void aPseudonymIsTheBeginningOfTheHmacInBase32() {
        assertThat(Replacement.pseudonym(KEY).replace(Kind.EMAIL, "bob@example.com"))
                .isEqualTo("[email:6okpm22szqbc64gk]");
    }

    @ParameterizedTest
    @CsvSource({
        "email, Bob@Example.COM, bob@example.com",
        "card, 4111 1111 1111 1111, 4111-1111-1111-1111",
        "phone, +49 (431) 199-794, +49431199794",
        "us-ssn, 123-45-6789, 123 45 6789",
        "iban, DE89 3704 0044 0532 0130 00, de89370400440532013000",
        "uk-nino, QQ 12 34 56 C, qq123456c",
        "mac, 00:1a:2B:3c:4d:5e, 00-1A-2b-3C-4D-5E",
        "ipv6, 2001:DB8::1, 2001:db8::1"
    })
    void theSameValueInAnotherWritingHasTheSamePseudonym(String kind, String one, String other) {
        Replacement pseudonym = Replacement.pseudonym(KEY);
        Kind of = Kind.of(kind);

        assertThat(pseudonym.replace(of, one))
                .matches("\\[" + kind + ":[a-z2-7]{16}]")
                .isEqualTo(pseudonym.replace(of, other))
                .isNotEqualTo(pseudonym.replace(of, one + "7a"));
    }

    @ParameterizedTest
    @CsvSource({"secret, Hunter2, hunter2", "token, a b, ab", "iban, DE89370400440532013000, GB89370400440532013000"})
    void differentValuesHaveDifferentPseudonyms(String kind, String one, String other) {
        Replacement pseudonym = Replacement.pseudonym(KEY);

        assertThat(pseudonym.replace(Kind.of(kind), one)).isNotEqualTo(pseudonym.replace(Kind.of(kind), other));
    }

    @Test
    void kindAndKeyMakeAnotherPseudonymAndTheKeyIsCopied() {
        byte[] key = KEY.clone();
        Replacement pseudonym = Replacement.pseudonym(key);
        String before = pseudonym.replace(Kind.TOKEN, "hunter2");
        key[0]++;

        assertThat(pseudonym.replace(Kind.TOKEN, "hunter2")).isEqualTo(before);
        assertThat(Replacement.pseudonym(key).replace(Kind.TOKEN, "hunter2")).isNotEqualTo(before);
        assertThat(pseudonym.replace(Kind.JWT, "hunter2").substring(5))
                .isNotEqualTo(before.substring("[token:".length()));
    }

    @Test
    void scrubbingWhatWasReplacedChangesNothing() {
        for (Replacement replacement : List.of(
                Replacement.label(), Replacement.remove(), Replacement.mask(1, 1), Replacement.pseudonym(KEY))) {
            Scrubber scrubber = Scrubber.builder()
                    .replace(Kind.SECRET, replacement)
                    .replace(Kind.CREDENTIALS, replacement)
                    .replace(Kind.JWT, replacement)
                    .build();
            String once =
                    scrubber.scrub("password=hunter2, {\"token\":\"hunter2\"} https://u:hunter2@h/ Bearer abcdef123"
                            + " eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3");

            assertThat(once).doesNotContain("hunter2", "eyJzdWIi");
            assertThat(scrubber.scrub(once)).isEqualTo(once);
        }
    }

    @Test
    void whatGoesByASensitiveNameIsReplacedAsSecretsInTextAre() {
        Scrubber scrubber = Scrubber.builder()
                .replace(Kind.SECRET, (kind, found) -> "<" + kind + "/" + found + ">")
                .build();

        assertThat(scrubber.scrubJson("{\"password\":\"a\\/\\\"b\",\"token\":12,\"secret\":[\"x\"],\"b\":1}"))
                .isEqualTo("{\"password\":\"<secret/a/\\\"b>\",\"token\":\"<secret/12>\","
                        + "\"secret\":\"<secret/[\\\"x\\\"]>\",\"b\":1}");
        assertThat(scrubber.scrubHeaders(Map.of("X-Api-Key", List.of("k1", ""))))
                .isEqualTo(Map.of("X-Api-Key", List.of("<secret/k1>", "")));
        assertThat(scrubber.scrubValue("password", "p1")).isEqualTo("<secret/p1>");
        assertThat(scrubber.scrubValue("password", 17)).isEqualTo("<secret/17>");
        assertThat(scrubber.scrubValue("password", List.of("p1"))).isEqualTo("[redacted]");
    }

    @Test
    void jsonWhoseSecretsWereReplacedStaysAsItIs() {
        for (Replacement replacement : List.of(
                Replacement.label(), Replacement.remove(), Replacement.mask(1, 1), Replacement.pseudonym(KEY))) {
            Scrubber scrubber =
                    Scrubber.builder().replace(Kind.SECRET, replacement).build();
            String once =
                    scrubber.scrubJson("{\"password\":\"hunter2\",\"secret\":{\"a\":\"hunter2\"},\"token\":1234567}");

            assertThat(once).doesNotContain("hunter2", "1234567");
            assertThat(scrubber.scrubJson(once)).isEqualTo(once);
        }
    }

    @Test
    void manyThreadsShareOne() throws Exception {
        Replacement pseudonym = Replacement.pseudonym(KEY);
        List<Callable<Set<String>>> work = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            work.add(() -> {
                Set<String> seen = new HashSet<>();
                for (int n = 0; n < 5_000; n++) {
                    seen.add(pseudonym.replace(Kind.EMAIL, "bob" + n % 10 + "@example.com"));
                }
                return seen;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Set<String> all = new HashSet<>();
            for (Future<Set<String>> seen : threads.invokeAll(work)) {
                all.addAll(seen.get());
            }
            assertThat(all).hasSize(10);
        } finally {
            threads.shutdownNow();
        }
    }
}
