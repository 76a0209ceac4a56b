package dev.vitals.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows is what is compiled here. */
class ReadmeTest {
    private static final Path README = Path.of("../../README.md");
    private static final Path PROGRAM = Path.of("src/main/java/dev/vitals/examples/quickstart/Quickstart.java");

    @Test
    void theFirstProgramOfTheReadmeIsThisOne() throws IOException {
        Matcher block = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
        assertThat(block.find()).as("a ```java block in README.md").isTrue();

        String program = Files.readString(PROGRAM).replaceFirst("package [^;]*;", "");
        assertThat(block.group(1).strip()).isEqualTo(program.strip());
    }

    @Test
    void aReaderTakesItInAtOnce() throws IOException {
        assertThat(Files.readAllLines(PROGRAM)).hasSizeLessThan(40);
    }
}
