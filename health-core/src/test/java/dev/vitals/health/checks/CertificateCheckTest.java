package dev.vitals.health.checks;

import static dev.vitals.health.Eventually.eventually;
import static dev.vitals.health.checks.Given.measured;
import static dev.vitals.health.checks.Given.run;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class CertificateCheckTest {
    @TempDir
    static Path folder;

    private static Path longStore;
    private static Path shortStore;
    private static Path longPem;
    private static Path shortPem;
    private static Path der;
    private static Instant begin;

    @BeforeAll
    static void make() throws Exception {
        var keytool = new Keytool(folder);
        longStore = keytool.keyStore("long", "-1d", 1_000);
        shortStore = keytool.keyStore("short", "-1d", 100);
        longPem = keytool.certificate(longStore, "long", true);
        shortPem = keytool.certificate(shortStore, "short", true);
        der = keytool.certificate(shortStore, "short", false);
        begin = ((X509Certificate) Keytool.load(shortStore).getCertificate("short"))
                .getNotBefore()
                .toInstant();
    }

    private static Clock on(double day) {
        return Clock.fixed(begin.plusSeconds((long) (day * 86_400)), ZoneOffset.UTC);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-1, DOWN, not valid before 24 h from now",
                "0, UP, -",
                "89.9, UP, -",
                "90.1, DEGRADED, 'expires in 9 d, 9.9 % of its lifetime is left'",
                "99.999, DEGRADED, 'expires in 87 s, 0 % of its lifetime is left'",
                "103.5, DOWN, expired 3 d ago",
            })
    void theLifetimesEndIsTold(double day, Status status, String reason) throws Exception {
        HealthResult result = run(CertificateCheck.ofFile(shortPem).at(on(day)));

        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(reason);
        assertThat(measured(result, "certificate.remaining")).isEqualTo((100 - day) * 86_400, Offset.offset(1.0));
        assertThat(measured(result, "certificate.remaining.ratio")).isEqualTo(1 - day / 100, Offset.offset(0.001));
        assertThat(result.details()).containsEntry("subject", "CN=short").containsKeys("notBefore", "notAfter");
    }

    @Test
    void otherSharesHold() throws Exception {
        CertificateCheck check = CertificateCheck.ofFile(shortPem).at(on(50));

        assertThat(run(check.degradedBelow(0.6)).status()).isEqualTo(Status.DEGRADED);
        assertThat(run(check.degradedBelow(0.6).downBelow(0.55)).status()).isEqualTo(Status.DOWN);
    }

    @Test
    void ofAChainTheFirstToExpireCountsWhateverStandsBeside() throws Exception {
        Path chain = Files.writeString(
                folder.resolve("chain.pem"),
                "subject=/CN=long\n" + Files.readString(longPem)
                        + "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n"
                        + Files.readString(shortPem));

        HealthResult result = run(CertificateCheck.ofFile(chain).at(on(95)));

        assertThat(result.status()).isEqualTo(Status.DEGRADED);
        assertThat(result.details()).containsEntry("subject", "CN=short");
        assertThat(result.toString()).doesNotContain("hunter2");
    }

    @Test
    void aFileInDerIsReadAndARenewedOneIsSeen() throws Exception {
        Path file = Files.copy(der, folder.resolve("renewed.cer"));
        CertificateCheck check = CertificateCheck.ofFile(file).at(on(95));
        assertThat(run(check).status()).isEqualTo(Status.DEGRADED);

        Files.write(file, Files.readAllBytes(longPem));

        assertThat(run(check).status()).isEqualTo(Status.UP);
    }

    @Test
    void aKeyStoreIsReadFromMemoryAndFromItsFile() throws Exception {
        HealthResult memory =
                run(CertificateCheck.ofKeyStore(Keytool.load(shortStore)).at(on(95)));
        HealthResult file = run(CertificateCheck.ofKeyStore(shortStore, Keytool.PASSWORD::toCharArray)
                .at(on(95)));

        assertThat(memory.status()).isEqualTo(Status.DEGRADED);
        assertThat(file).isEqualTo(memory);
    }

    @Test
    void whatGoesWithAKeyCountsBeforeWhatIsTrusted() throws Exception {
        KeyStore store = Keytool.load(longStore);
        store.setCertificateEntry("trusted", Keytool.load(shortStore).getCertificate("short"));
        assertThat(run(CertificateCheck.ofKeyStore(store).at(on(95))).status()).isEqualTo(Status.UP);

        store.deleteEntry("long");
        assertThat(run(CertificateCheck.ofKeyStore(store).at(on(95))).status()).isEqualTo(Status.DEGRADED);
    }

    @Test
    void whatCannotBeReadIsDownAndTellsNoSecret() throws Exception {
        String block = "-----BEGIN CERTIFICATE-----\nhunter2\n-----END CERTIFICATE-----\n";
        Path broken = Files.writeString(folder.resolve("broken.pem"), block);
        Path cut = Files.writeString(folder.resolve("cut.pem"), block.substring(0, 40));
        Path key = Files.writeString(folder.resolve("key.pem"), block.replace("CERTIFICATE", "PRIVATE KEY"));
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");

        for (CertificateCheck check : List.of(
                CertificateCheck.ofFile(broken),
                CertificateCheck.ofFile(cut),
                CertificateCheck.ofFile(key),
                CertificateCheck.ofFile(empty),
                CertificateCheck.ofFile(folder),
                CertificateCheck.ofKeyStore(shortStore, "hunter2"::toCharArray),
                CertificateCheck.ofKeyStore(folder, "hunter2"::toCharArray),
                CertificateCheck.ofKeyStore(folder.resolve("gone"), "hunter2"::toCharArray))) {
            HealthResult result = run(check);
            assertThat(result.status()).isEqualTo(Status.DOWN);
            assertThat(result.toString()).doesNotContain("hunter2").doesNotContain("connection");
        }
        assertThat(run(CertificateCheck.ofFile(key)).reason()).isEqualTo("there is no certificate");
        assertThat(run(CertificateCheck.ofFile(folder.resolve("gone"))).reason())
                .isEqualTo("the file is not there");
    }

    @Test
    void whatAServerShowsIsReadAlsoWhereItWantsACertificateOfOurs() throws Exception {
        for (boolean wants : new boolean[] {false, true}) {
            RawServer.Talk talk = socket -> {
                try (var tls = (SSLSocket)
                        Keytool.tls(shortStore).getSocketFactory().createSocket(socket, null, socket.getPort(), true)) {
                    tls.setUseClientMode(false);
                    tls.setNeedClientAuth(wants);
                    RawServer.untilHungUp(tls);
                }
            };
            try (RawServer server = RawServer.start(talk)) {
                CertificateCheck check = CertificateCheck.ofEndpoint("127.0.0.1", server.port());

                HealthResult result = run(check.at(on(95)));

                assertThat(result.status()).isEqualTo(Status.DEGRADED);
                assertThat(result.details()).containsEntry("subject", "CN=short");
                assertThat(run(check.at(on(101))).reason()).startsWith("expired ");
                eventually(() -> server.open() == 0);
            }
        }
    }

    @Test
    void nobodyThereIsDown() throws Exception {
        assertThat(run(CertificateCheck.ofEndpoint("127.0.0.1", Ports.closed())).reason())
                .isEqualTo("cannot connect");
    }

    /** Beside the checks that trust as the application does. */
    @Test
    void otherChecksTrustOnlyWhomTheyAreToldTo() throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(Keytool.tls(longStore)));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 4);
                exchange.getResponseBody().write("pong".getBytes(US_ASCII));
            }
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            HttpCheck http = HttpCheck.get(URI.create("https://127.0.0.1:" + port + "/"))
                    .expectingBody("says pong", "pong"::equals);
            WebSocketCheck socket = WebSocketCheck.of(URI.create("wss://127.0.0.1:" + port + "/"));
            WebSocketCheck misnamed = WebSocketCheck.of(URI.create("wss://localhost:" + port + "/"));
            HttpClient client =
                    HttpClient.newBuilder().sslContext(Keytool.tls(longStore)).build();
            String untrusted = "the server's certificate is not trusted";

            assertThat(run(http).reason()).isEqualTo(untrusted);
            assertThat(run(socket).reason()).isEqualTo(untrusted);
            assertThat(run(http.client(client)).status()).isEqualTo(Status.UP);
            assertThat(run(socket.tls(Keytool.tls(longStore))).reason()).isEqualTo("handshake answered 200, not 101");
            assertThat(run(misnamed.tls(Keytool.tls(longStore))).reason()).isEqualTo(untrusted);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        CertificateCheck check = CertificateCheck.ofFile(shortPem);
        assertThatThrownBy(() -> check.degradedBelow(30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> check.downBelow(0.2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set degradedBelow higher first");
        assertThatThrownBy(() -> CertificateCheck.ofEndpoint("https://a.example", 443))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CertificateCheck.ofFile(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CertificateCheck.ofKeyStore(null)).isInstanceOf(IllegalArgumentException.class);
    }
}
