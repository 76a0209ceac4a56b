package dev.vitals.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the module path each of the two hooks works where only its own library is there. */
class LoggingModuleIT {
    private static final Pattern OURS =
            Pattern.compile(".*/(vitals-(logging|scrubbing)-[0-9].*\\.jar|(logging|scrubbing)/target/classes)");

    @TempDir
    private Path folder;

    @Test
    void logbackWithoutLog4j2() throws Exception {
        Files.writeString(folder.resolve("logback.xml"), """
                <configuration>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">%s</appender>
                  <root level="INFO"><appender-ref ref="out"/></root>
                </configuration>
                """.formatted(
                        Page.example("logback json").xml()));

        String said = run(
                "logback-(classic|core)-|slf4j-api-|jspecify-",
                "org.slf4j; requires dev.vitals.logging",
                "org.slf4j.LoggerFactory.getLogger(\"application\").info(\"password={}\", \"hunter2\")",
                "-Dlogback.configurationFile=" + folder.resolve("logback.xml"));

        assertThat(said).contains("\"password=[redacted]\"").doesNotContain("hunter2");
    }

    @Test
    void log4j2WithoutLogback() throws Exception {
        Files.writeString(folder.resolve("log4j2.xml"), """
                <Configuration>
                  <Appenders><Console name="out">%s</Console></Appenders>
                  <Loggers><Root level="INFO"><AppenderRef ref="out"/></Root></Loggers>
                </Configuration>
                """.formatted(
                        Page.example("log4j2 ecs").xml()));

        String said = run(
                "log4j-(api|core|layout-template-json)-|jspecify-",
                "org.apache.logging.log4j; requires dev.vitals.logging",
                "org.apache.logging.log4j.LogManager.getLogger(\"application\").info(\"password={}\", \"hunter2\")",
                "-Dlog4j2.configurationFile=" + folder.resolve("log4j2.xml"),
                "--add-modules=org.apache.logging.log4j.layout.template.json");

        assertThat(said).contains("\"password=[redacted]\"").doesNotContain("hunter2");
    }

    /** Compiles an application's module, and runs it in a JVM of its own. */
    private String run(String jars, String required, String statement, String... options) throws Exception {
        Path descriptor = Files.writeString(
                folder.resolve("module-info.java"), "module application { requires " + required + "; }");
        Path source = Files.writeString(
                Files.createDirectories(folder.resolve("application")).resolve("Main.java"),
                "package application; public class Main { public static void main(String[] args) { " + statement
                        + "; } }");
        Pattern theirs = Pattern.compile(".*/(" + jars + ")[^/]*\\.jar");
        String modulePath = Stream.concat(
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                                .filter(path -> OURS.matcher(path).matches()
                                        || theirs.matcher(path).matches()),
                        Stream.of(folder.toString()))
                .collect(Collectors.joining(File.pathSeparator));
        var output = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled = compiler.getTask(
                        output,
                        null,
                        null,
                        List.of("-proc:none", "--module-path", modulePath, "-d", folder.toString()),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(descriptor, source))
                .call();
        assertThat(compiled).as(output.toString()).isTrue();

        Path said = folder.resolve("said");
        Process java = new ProcessBuilder(Stream.of(
                                Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString()),
                                Stream.of(options),
                                Stream.of("-Xmx64m", "-p", modulePath, "-m", "application/application.Main"))
                        .flatMap(part -> part)
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(java.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            java.destroyForcibly().waitFor();
        }
        return Files.readString(said, UTF_8);
    }
}
