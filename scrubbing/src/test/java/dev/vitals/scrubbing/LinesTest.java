package dev.vitals.scrubbing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LinesTest {
    private final Scrubber scrubber = Scrubber.standard();

    private static final String MANY = "a\n".repeat(40_000) + "b".repeat(70_000) + "\n";

    static Stream<Arguments> table() {
        return Stream.of(
                Arguments.of("", "", 0),
                Arguments.of("\n", "\n", 1),
                Arguments.of("a\n\nb", "a\n\nb", 3),
                Arguments.of("a\r\nb\r\n\r\n", "a\r\nb\r\n\r\n", 3),
                Arguments.of("password=hunter2\r\nx\n", "password=[redacted]\r\nx\n", 2),
                Arguments.of("x\npassword=hunter2", "x\npassword=[redacted]", 2),
                Arguments.of("password=\"a\nhunter2\"\n", "password=\"[redacted]\nhunter2\"\n", 2),
                Arguments.of("grüße 😀 password=hunter2\n", "grüße 😀 password=[redacted]\n", 1),
                Arguments.of("a\rb password=hunter2\n", "a\rb password=[redacted]\n", 1),
                Arguments.of("x\r", "x\r", 1),
                Arguments.of(MANY, MANY, 40_001));
    }

    @ParameterizedTest
    @MethodSource("table")
    void oneLineOutForEachLineIn(String in, String expected, long count) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        assertThat(scrubber.scrubLines(new ByteArrayInputStream(in.getBytes(UTF_8)), out))
                .isEqualTo(count);
        assertThat(out.toString(UTF_8)).isEqualTo(expected);
    }

    @Test
    void whatIsNoUtf8StaysAsItIsWhereNothingIsFound() throws IOException {
        byte[] bytes = "caf\u00e9 \u00ff\u00c0\u0080\npassword=hunter2 \u00e9\n".getBytes(ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        scrubber.scrubLines(new ByteArrayInputStream(bytes), out);

        assertThat(out.toString(ISO_8859_1)).startsWith("caf\u00e9 \u00ff\u00c0\u0080\n");
        assertThat(out.toString(UTF_8)).endsWith("password=[redacted] \ufffd\n");
    }

    @Test
    void whatIsTooLongIsCutAndWhatStandsAtTheCutIsNotSent() throws IOException {
        String head = "password=hunter2 " + "x".repeat(2_000);
        String in = head + " 4111 1111" + "y".repeat(100_000) + "\r\nnext\n" + "z".repeat(2_000);

        assertThat(lines(in, 2_027))
                .isEqualTo("password=[redacted] " + "x".repeat(1_498) + "[cut]\nnext\n" + "z".repeat(2_000));
        assertThat(lines("password=hunter2", 1)).isEqualTo("[cut]");
        assertThat(lines("password=hunter2 x".repeat(200_000), Lines.LONGEST))
                .endsWith("[cut]")
                .hasSizeLessThan(Lines.LONGEST * 2)
                .doesNotContain("hunter2");
    }

    private String lines(String in, int longest) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Lines.scrub(new ByteArrayInputStream(in.getBytes(UTF_8)), out, scrubber::scrub, longest);
        return out.toString(UTF_8);
    }

    static Stream<Arguments> pems() {
        return Stream.of(
                Arguments.of(
                        "a\n-----BEGIN RSA PRIVATE KEY-----\r\nMIIB/+09\nab==\n-----END RSA PRIVATE KEY-----\nb",
                        "a\n[pem]\r\n[pem]\n[pem]\n[pem]\nb"),
                Arguments.of(
                        "key: -----BEGIN A-----\n  MIIB\n-----END A----- password=hunter2\nMIIB",
                        "key: [pem]\n[pem]\n[pem] password=[redacted]\nMIIB"),
                Arguments.of(
                        "-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES,1F\n\nMIIB\nNo: header\nMIIB",
                        "[pem]\n[pem]\n[pem]\n[pem]\n[pem]\nNo: header\nMIIB"),
                Arguments.of(
                        "12:00:01 x -----BEGIN A-----\n12:00:02 x MIIB\n12:00:02 x -----END A-----\n12:00:03 x",
                        "12:00:01 x [pem]\n[pem]\n[pem]\n12:00:03 x"),
                Arguments.of(
                        "-----BEGIN A-----\nMIIB\n2026-11-21 up again\nMIIB",
                        "[pem]\n[pem]\n2026-11-21 up again\nMIIB"),
                Arguments.of(
                        "-----BEGIN A-----\nMIIB\n-----END A----------BEGIN B-----\nMIIC\n-----END B-----\nb",
                        "[pem]\n[pem]\n[pem][pem]\n[pem]\n[pem]\nb"),
                Arguments.of(
                        "k = \"-----BEGIN A-----\\n\" +\n  \"MIIB\\n\" +\n  \"-----END A-----\";\nb",
                        "k = \"[pem]\n[pem]\n[pem]\";\nb"),
                Arguments.of(
                        "9:-----BEGIN A-----\n10:" + "MIIB".repeat(16) + "\n11:-----END A-----\nb",
                        "9:[pem]\n[pem]\n[pem]\nb"),
                Arguments.of("-----BEGIN A-----\nn\nr\nb c\nMIIB", "[pem]\n[pem]\n[pem]\nb c\nMIIB"),
                Arguments.of("k = \"-----BEGIN A-----\\r\\n\" +\n  \"MIIB\\r\\n\" +\nb c", "k = \"[pem]\n[pem]\nb c"),
                Arguments.of(
                        "12:00:01 x -----BEGIN A-----\n12:00:02 x Proc-Type: 4,ENCRYPTED\n12:00:02 x MIIB\nb c",
                        "12:00:01 x [pem]\n[pem]\n[pem]\nb c"),
                Arguments.of("-----BEGIN A-----\n: x\nMIIB", "[pem]\n: x\nMIIB"),
                Arguments.of("-----BEGIN A-----\n12:00 up: again\nMIIB", "[pem]\n12:00 up: again\nMIIB"),
                Arguments.of("12345 -----BEGIN A-----\nMIIB\nup now\nMIIB", "12345 [pem]\n[pem]\nup now\nMIIB"),
                Arguments.of("-----BEGIN A-----\nof a " + "b".repeat(40) + "\nMIIB", "[pem]\n[pem]\n[pem]"),
                Arguments.of(
                        "-----BEGIN A-----\nof a " + "b".repeat(39) + "\nMIIB",
                        "[pem]\nof a " + "b".repeat(39) + "\nMIIB"),
                Arguments.of("-----BEGIN of it all\nMIIB", "-----BEGIN of it all\nMIIB"));
    }

    @ParameterizedTest
    @MethodSource("pems")
    void eachLineOfAPemBlockIsReplaced(String in, String expected) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        scrubber.scrubLines(new ByteArrayInputStream(in.getBytes(UTF_8)), out);

        assertThat(out.toString(UTF_8)).isEqualTo(expected);
    }

    @Test
    void aPemBlockStaysWhereItIsNotLookedFor() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String in = "-----BEGIN A-----\nMIIB\n-----END A-----";

        Scrubber.builder().without(Kind.PEM).build().scrubLines(new ByteArrayInputStream(in.getBytes(UTF_8)), out);

        assertThat(out.toString(UTF_8)).isEqualTo(in);
    }

    @Test
    void whatCannotBeScrubbedIsReplacedAndAReplacementMakesNoLine() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Scrubber hostile = Scrubber.builder()
                .replace(Kind.CREDENTIALS, (kind, found) -> {
                    throw new IllegalStateException("broken");
                })
                .replace(Kind.SECRET, (kind, found) -> "two\nlines")
                .build();

        hostile.scrubLines(new ByteArrayInputStream("https://u:p@h\npassword=hunter2\nx\n".getBytes(UTF_8)), out);

        assertThat(out.toString(UTF_8)).isEqualTo("[unscrubbable]\npassword=two lines\nx\n");
    }

    @Test
    void whatIsDoneIsFlushedBeforeItWaitsForMore() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringBuilder seen = new StringBuilder();
        InputStream slow = new InputStream() {
            private int next;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] to, int from, int length) {
                seen.append(out.toString(UTF_8)).append('|');
                byte[] part = new String[] {"a\nb", "c\n", "", "d"}[Math.min(next, 3)].getBytes(UTF_8);
                System.arraycopy(part, 0, to, from, part.length);
                return next++ > 3 ? -1 : part.length;
            }
        };

        assertThat(scrubber.scrubLines(slow, new BufferedOutputStream(out))).isEqualTo(3);

        assertThat(seen).hasToString("|a\n|a\nbc\n|a\nbc\n|a\nbc\n|");
        assertThat(out.toString(UTF_8)).isEqualTo("a\nbc\nd");
    }

    @Test
    void aFailureToWriteStopsTheReading() throws IOException {
        InputStream in = new ByteArrayInputStream("a\n".repeat(1 << 20).getBytes(UTF_8));
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThatThrownBy(() -> scrubber.scrubLines(in, closed)).isInstanceOf(IOException.class);
        assertThat(in.available()).isGreaterThan(1 << 20);
    }
}
