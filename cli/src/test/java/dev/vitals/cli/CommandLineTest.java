package dev.vitals.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.bundle.Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    private record Answer(int exitCode, String out, String err) {}

    @TempDir
    private Path temporary;

    @Test
    void anExportListsWhatItWroteOnStandardOutput() {
        Path folder = temporary.resolve("monitoring");

        Answer answer = vitals("export", "--to", folder.toString());

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out().lines())
                .containsExactlyElementsOf(Bundle.files().stream()
                        .map(file -> folder.resolve(file).toString())
                        .toList());
        assertThat(answer.err()).isEqualToIgnoringNewLines("vitals: 2 written, 0 already up to date");
    }

    @Test
    void anExportThatHasNothingToDoIsASuccess() {
        vitals("export", "--to", temporary.toString());

        Answer answer = vitals("export", "--to", temporary.toString());

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).isEqualToIgnoringNewLines("vitals: 0 written, 2 already up to date");
    }

    @Test
    void aFileInTheWayIsNamedOnOneLineThatSaysWhatToDo() throws IOException {
        Files.createDirectory(temporary.resolve("prometheus"));
        Path mine = Files.writeString(temporary.resolve("prometheus/vitals.rules.yml"), "mine");

        Answer answer = vitals("export", "--to", temporary.toString());

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .contains("prometheus/vitals.rules.yml", "move what is in the way")
                .hasLineCount(1);
        assertThat(mine).hasContent("mine");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamedOnOneLine() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "mine");
        Path below = file.resolve("below");

        Answer answer = vitals("export", "--to", below.toString());

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains(below.toString(), "--to").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "'', Missing required subcommand",
                "export, --to=DIR",
                "'export,--to', --to",
                "'export,--to=', the name of the folder is empty",
                "'export,--to,a,b', Unmatched argument",
                "'export,--to,a,--form', Unknown option",
                "exprot, Did you mean: vitals export?"
            })
    void wrongUsageIsTwoAndSaysWhatIsWrong(String line, String message) {
        Answer answer = vitals(line.isEmpty() ? new String[0] : line.split(",", -1));

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains(message).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({"'--help', Usage: vitals", "'export,--help', --to=DIR", "'--version', vitals 0", "'export,-V', vitals 0"
    })
    void helpAndVersionAreAnAnswerAndNoError(String line, String text) {
        Answer answer = vitals(line.split(",", -1));

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains(text);
        assertThat(answer.err()).isEmpty();
    }

    private static Answer vitals(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = Main.commandLine(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true))
                .execute(args);
        return new Answer(exitCode, out.toString(), err.toString());
    }
}
