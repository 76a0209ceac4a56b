package dev.vitals.health.checks;

import static dev.vitals.health.Eventually.eventually;
import static dev.vitals.health.checks.Given.measured;
import static dev.vitals.health.checks.Given.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TcpAndDnsCheckTest {
    @Test
    void anOpenPortIsUpAndTheConnectionIsClosed() throws Exception {
        try (RawServer server = RawServer.start(RawServer::untilHungUp)) {
            assertThat(run(TcpCheck.of("127.0.0.1", server.port())).status()).isEqualTo(Status.UP);
            eventually(() -> server.accepted() == 1 && server.open() == 0);
        }
    }

    @Test
    void aClosedPortAndAnUnknownHostAreDown() throws Exception {
        HealthResult closed = run(TcpCheck.of("127.0.0.1", Ports.closed()));
        assertThat(closed.status()).isEqualTo(Status.DOWN);
        assertThat(closed.reason()).isEqualTo("cannot connect");
        assertThat(run(TcpCheck.of("nohost.invalid", 25)).reason()).isEqualTo("host not found");
    }

    @Test
    void aNameThatResolvesIsUpAndItsAddressesAreCounted() throws Exception {
        HealthResult result = run(DnsCheck.of("localhost"));

        assertThat(result.status()).isEqualTo(Status.UP);
        assertThat(measured(result, "dns.addresses")).isPositive();
        assertThat(result.details()).containsEntry("host", "localhost").containsKey("addresses");
    }

    @Test
    void tooFewAddressesAreDegradedAndNoneIsDown() throws Exception {
        HealthResult few = run(DnsCheck.of("localhost").atLeast(100));
        assertThat(few.status()).isEqualTo(Status.DEGRADED);
        assertThat(few.reason()).endsWith(" addresses, 100 at the least");

        HealthResult none = run(DnsCheck.of("nohost.invalid"));
        assertThat(none.status()).isEqualTo(Status.DOWN);
        assertThat(none.reason()).isEqualTo("host not found");
        assertThat(measured(none, "dns.addresses")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "http://a.example", "a.example/x", "user@a.example", "a b"})
    void whatIsNoHostIsRefused(String host) {
        assertThatThrownBy(() -> TcpCheck.of(host, 25))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give its name or address alone");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> TcpCheck.of("a.example", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 65535");
        assertThatThrownBy(() -> TcpCheck.of("a.example", 65_536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TcpCheck.of(null, 25)).isInstanceOf(IllegalArgumentException.class);
        for (String address : new String[] {"10.0.0.1", "::1", "[::1]"}) {
            assertThatThrownBy(() -> DnsCheck.of(address))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs no DNS");
        }
        assertThatThrownBy(() -> DnsCheck.of("a.example").atLeast(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
