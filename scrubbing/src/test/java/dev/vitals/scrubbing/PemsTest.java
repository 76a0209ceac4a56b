package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemsTest {
    private static final String BODY = body();
    private static final String PEM = "-----BEGIN RSA PRIVATE KEY-----\n" + BODY + "\n-----END RSA PRIVATE KEY-----";

    private final Scrubber scrubber = Scrubber.builder().only(Kind.PEM).build();

    private static String body() {
        byte[] bytes = new byte[300];
        new Random(7).nextBytes(bytes);
        return Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    }

    static Stream<String> blocks() {
        return Stream.of(
                PEM,
                PEM.replace("\n", "\r\n"),
                PEM.replace("\n", "\\n"),
                PEM.replace("\n", "\\r\\n"),
                PEM.replace("\n", "\\\\n"),
                PEM.replace("\n", " "),
                PEM.replace("\n", ""),
                PEM.replace("\n", "\n    "),
                PEM.replace("\n", "\n> "),
                PEM.replace("\n", "\\n\" +\n    \""),
                PEM.replace("\n", "\\n\"+\n\""),
                PEM.replace("\n", "\\n\\t"),
                "-----BEGIN A-----\n+" + "a".repeat(15) + "\n-----END A-----",
                PEM.replace("/", "\\/"),
                PEM.replace("RSA ", "ENCRYPTED "),
                PEM.replace("KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B2C\n\n"),
                PEM.replace("RSA PRIVATE KEY", "CERTIFICATE"),
                PEM.replace("RSA PRIVATE KEY", "PGP PRIVATE KEY BLOCK").replace("\n-----END", "\n=a1B2\n-----END"));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void aWholeBlockIsReplaced(String block) {
        assertThat(scrubber.scrub(block)).isEqualTo("[pem]");
        assertThat(scrubber.scrub("{\"key\":\"" + block + "\",\"n\":1}")).isEqualTo("{\"key\":\"[pem]\",\"n\":1}");
        assertThat(scrubber.scrub(block + "\n" + block + "\nStarted in 3 s")).isEqualTo("[pem]\n[pem]\nStarted in 3 s");
    }

    @Test
    void oneThatIsCutOffEndsWithItsBase64() {
        String open = PEM.substring(0, PEM.indexOf("\n-----END"));

        assertThat(scrubber.scrub(open)).isEqualTo("[pem]");
        assertThat(scrubber.scrub(open.substring(0, 100))).isEqualTo("[pem]");
        assertThat(scrubber.scrub(open + "\n\tat com.acme.Main.run(Main.java:3)"))
                .startsWith("[pem]")
                .endsWith("at com.acme.Main.run(Main.java:3)")
                .doesNotContain(BODY.substring(BODY.length() - 60, BODY.length() - 20));
    }

    @Test
    void aGapThatIsTooLongEndsIt() {
        String gap = " ".repeat(70);

        assertThat(scrubber.scrub(PEM.replace("\n-----END", gap + "-----END")))
                .isEqualTo("[pem]" + gap + "-----END RSA PRIVATE KEY-----");
    }

    @Test
    void oneInBase64OnceMoreIsReplaced() {
        String encoded = Base64.getEncoder().encodeToString(PEM.getBytes(StandardCharsets.UTF_8));

        assertThat(scrubber.scrub("KEY=" + encoded + " x")).isEqualTo("KEY=[pem] x");
        assertThat(scrubber.scrub(encoded.substring(0, 30))).isEqualTo("[pem]");
        assertThat(scrubber.scrub(encoded.substring(0, 29))).hasSize(29);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "expected -----BEGIN PRIVATE KEY----- at the start of the file",
                "-----BEGIN CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
                "-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n[redacted]\n-----END PRIVATE KEY-----",
                "-----BEGIN ----- x",
                "-----BEGIN a-b-----",
                "-----BEGIN -----\nMIIBMIIBMIIBMIIBMIIBMIIB",
                "LS0tLS1CRUdJTi",
                "[pem]"
            })
    void talkAboutPemStays(String text) {
        assertThat(scrubber.scrub(text)).isSameAs(text);
    }

    @Test
    void aBlockIsSeenWhenWhatMadeItsHeadersTooLongIsGone() {
        String token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
        String headers = "\nA: " + "- ".repeat(110) + "\nB: " + "- ".repeat(110) + "\nC: " + token + "\n";

        assertThat(Scrubber.builder()
                        .only(Kind.JWT, Kind.PEM)
                        .build()
                        .scrub(PEM.replace("KEY-----\n" + BODY, "KEY-----" + headers + BODY)))
                .isEqualTo("[pem]");
    }
}
