package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadersTest {
    private final Scrubber scrubber = Scrubber.builder()
            .detector(Kind.of("employee"), "EMP-", text -> text.length() < 10 ? 0 : 10)
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Authorization | Bearer hunter2 | [redacted]",
                "authorization | Digest username=\"bob\" | [redacted]",
                "Proxy-Authorization | Basic dTpw | [redacted]",
                "Cookie | a=b; c=d | [redacted]",
                "Set-Cookie | id=hunter2; HttpOnly | [redacted]",
                "X-Api-Key | hunter2 | [redacted]",
                "X-Auth-Token | hunter2 | [redacted]",
                "X-Amz-Security-Token | hunter2 | [redacted]",
                "X-Secret | none | [redacted]",
                "X-CSRF-Token | hunter2 | [redacted]",
                "WWW-Authenticate | Bearer realm=\"x\" | Bearer realm=\"x\"",
                "Authorization | '' | ''",
                "Referer | https://u:hunter2@h/x?token=hunter2&a=b | https://[redacted]@h/x?token=[redacted]&a=b",
                "Location | /x?sig=hunter2 | /x?sig=[redacted]",
                "Location | //u:hunter2@h/x | //[redacted]@h/x",
                "X-Original-Url | /x?password=hunter2 | /x?password=[redacted]",
                "X-User | EMP-123456 | [employee]",
                "X-EMP-123456 | 1 | 1",
                "Accept | text/html;q=0.8 | text/html;q=0.8",
                "Host | shop.example.com:8443 | shop.example.com:8443",
                "ETag | \"33a64df551425fcc55e4d42a148795d9f25f89d4\" | \"33a64df551425fcc55e4d42a148795d9f25f89d4\""
            })
    void aSensitiveNameHidesItsValueAndAllOthersAreScrubbed(String name, String value, String expected) {
        Map<String, List<String>> safe = scrubber.scrubHeaders(Map.of(name, List.of(value, "x")));

        assertThat(safe.values().iterator().next().get(0)).isEqualTo(expected);
        assertThat(safe).containsOnlyKeys(name.replace("EMP-123456", "[employee]"));
        assertThat(scrubber.scrubHeaders(safe)).isEqualTo(safe);
    }

    @Test
    void aSensitiveNameIsNoneWhereSecretsAreNotLookedFor() {
        Map<String, List<String>> headers = Map.of("X-Secret", List.of("hunter2"));

        assertThat(Scrubber.builder().without(Kind.SECRET).build().scrubHeaders(headers))
                .isEqualTo(headers);
    }

    @Test
    void theOrderStaysAndNamesThatComeOutAsOneShareTheirValues() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Z", List.of("1", "2"));
        headers.put("EMP-123456", List.of("3"));
        headers.put("EMP-654321", List.of("4"));
        headers.put("A", List.of());

        assertThat(scrubber.scrubHeaders(headers)).hasToString("{Z=[1, 2], [employee]=[3, 4], A=[]}");
    }

    @Test
    void nullIsNoTrouble() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put(null, List.of("HTTP/1.1 200 OK"));
        headers.put("Cookie", null);
        headers.put("X-Api-Key", Arrays.asList(null, "hunter2"));

        assertThat(scrubber.scrubHeaders(headers))
                .hasToString("{=[HTTP/1.1 200 OK], Cookie=[], X-Api-Key=[, [redacted]]}");
        assertThat(scrubber.unscrubbable()).isZero();
    }

    @Test
    void namesAndValuesAreBounded() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("many", Collections.nCopies(10_000, "x"));
        for (int i = 0; i < 10_000; i++) {
            headers.put("x" + i, List.of("password=hunter2"));
        }

        Map<String, List<String>> safe = scrubber.scrubHeaders(headers);

        assertThat(safe).hasSize(Headers.NAMES + 1).containsEntry("…", List.of("[cut]"));
        assertThat(safe.get("many")).hasSize(Headers.VALUES + 1).last().isEqualTo("[cut]");
        assertThat(safe.toString()).doesNotContain("hunter2");
    }
}
