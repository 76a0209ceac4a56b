package dev.vitals.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubCommandTest {
    private record Answer(int exitCode, String out, String err) {}

    @TempDir
    private Path temporary;

    @Test
    void oneLineComesOutForEachLineIn() {
        Answer answer = scrub("a\npassword=hunter2\r\n\nhttps://u:hunter2@h");

        assertThat(answer).isEqualTo(new Answer(0, "a\npassword=[redacted]\r\n\nhttps://[redacted]@h", ""));
    }

    @Test
    void jsonStaysJson() {
        String lines = """
                {"password":12,"a":1.50}
                {"pass\\u0077ord":"hunter2"}
                no json, password=hunter2
                """;

        assertThat(scrub(lines, "--json").out()).isEqualTo("""
                {"password":"[redacted]","a":1.50}
                {"pass\\u0077ord":"[redacted]"}
                no json, password=[redacted]
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "--without=secret, password=hunter2 https://[redacted]@h",
        "--only=secret, password=[redacted] https://u:hunter2@h",
        "--without=secret --without=credentials, password=hunter2 https://u:hunter2@h",
        "'--without=secret,credentials', password=hunter2 https://u:hunter2@h",
        "'--only=email,card,secret --only credentials --without secret', password=hunter2 https://[redacted]@h"
    })
    void kindsAreChosenByTheirNames(String options, String expected) {
        assertThat(scrub("password=hunter2 https://u:hunter2@h", options.split(" "))
                        .out())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"--only=emial, 'card, iban'", "'--without=email,x', 'card, iban'", "--jsno, --json", "x, Unmatched"})
    void wrongUsageIsTwoAndSaysWhatIsRight(String option, String message) {
        Answer answer = scrub("password=hunter2", option);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void withAKeyTheSameValueHasTheSamePseudonym() throws IOException {
        Path key = Files.writeString(temporary.resolve("key"), "0123456789abcdef0123456789abcdef");
        Path line = Files.writeString(temporary.resolve("line"), "0123456789abcdef0123456789abcdef\r\n");

        String out = scrub("token=hunter2\napi_key=hunter2\n", "--pseudonym-key-file", key.toString())
                .out();

        assertThat(out).matches("token=(\\[secret:[a-z2-7]{16}])\napi_key=\\1\n");
        assertThat(scrub("token=hunter2\napi_key=hunter2\n", "--pseudonym-key-file", line.toString())
                        .out())
                .isEqualTo(out);
    }

    @Test
    void aKeyThatIsNoneIsNamedAndNothingIsCopied() throws IOException {
        Path tooShort = Files.writeString(temporary.resolve("key"), "0123456789abcdef0123456789abcde\n");

        Answer answer = scrub("x", "--pseudonym-key-file", tooShort.toString());
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains(tooShort.toString(), "32").hasLineCount(1);

        String missing = temporary.resolve("missing").toString();
        assertThat(scrub("x", "--pseudonym-key-file", missing).err()).contains(missing, "no such file");
    }

    @Test
    void theSummaryIsOnStandardError() {
        Answer answer = scrub("password=hunter2 token=hunter3\nhttps://u:p@h\n", "--summary");

        assertThat(answer.err())
                .isEqualToIgnoringNewLines(
                        "vitals: 2 lines, 0 times something unscrubbable, found {credentials=1, secret=2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Broken pipe", "The pipe is being closed", "No space left on device"})
    void whoReadsNoMoreIsNoFailureAFullDiskIs(String message) {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };

        Answer answer = scrub("password=hunter2", broken);

        boolean disk = message.startsWith("No space");
        assertThat(answer.exitCode()).isEqualTo(disk ? 1 : 0);
        assertThat(answer.err()).isEqualToIgnoringNewLines(disk ? "vitals: cannot go on: " + message : "");
    }

    private static Answer scrub(String in, String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Answer answer = scrub(in, out, options);
        return new Answer(answer.exitCode(), out.toString(UTF_8), answer.err());
    }

    private static Answer scrub(String in, OutputStream out, String... options) {
        StringWriter err = new StringWriter();
        String[] args = new String[options.length + 1];
        args[0] = "scrub";
        System.arraycopy(options, 0, args, 1, options.length);
        int exitCode = Main.commandLine(
                        new ByteArrayInputStream(in.getBytes(UTF_8)),
                        out,
                        new PrintWriter(new StringWriter(), true),
                        new PrintWriter(err, true))
                .execute(args);
        return new Answer(exitCode, "", err.toString());
    }
}
