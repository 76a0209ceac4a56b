package dev.vitals.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostHeaderTest {
    @ParameterizedTest
    @CsvSource({
        "shop.example, shop.example,",
        "shop.example:80, shop.example, 80",
        "127.0.0.1:65535, 127.0.0.1, 65535",
        "[::1], ::1,",
        "[2001:db8::1]:8443, 2001:db8::1, 8443",
        "my_service-1, my_service-1,",
    })
    void aHostIsAnAddressAndPerhapsAPort(String header, String address, @Nullable Long port) {
        assertThat(HostHeader.parse(header)).isEqualTo(new HostHeader(address, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":80",
                "a:",
                "a:0",
                "a:65536",
                "a:999999",
                "a:000080",
                "a:8a",
                "a:-1",
                "a:8 0",
                "a:80:90",
                "::1",
                "[::1",
                "[]",
                "[]:80",
                "[::1]80",
                "[::1%",
                "a b",
                "user@host",
                "a/b",
                "a/80",
                "ä.example",
                "a\r\nX: y",
                "a:٨٠",
            })
    void whatIsNoHostIsNone(String header) {
        assertThat(HostHeader.parse(header)).isNull();
    }

    @Test
    void neitherIsAMissingOneNorAHugeOne() {
        assertThat(HostHeader.parse(null)).isNull();
        assertThat(HostHeader.parse("a".repeat(262))).isNull();

        String longest = "a".repeat(255);
        assertThat(HostHeader.parse(longest + ":65535")).isEqualTo(new HostHeader(longest, 65_535L));
    }
}
