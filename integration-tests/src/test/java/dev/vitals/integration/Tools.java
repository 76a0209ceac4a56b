package dev.vitals.integration;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** Servers and browsers of the machine. In CI a missing one is a failure, elsewhere a visible skip. */
final class Tools {
    private Tools() {}

    static Path require(String name) {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            Path tool = Path.of(folder, name);
            if (Files.isExecutable(tool)) {
                return tool;
            }
        }
        String message = name + " is not on the PATH: ./check installs it on Debian";
        return "true".equals(System.getenv("CI")) ? fail(message) : abort(message);
    }
}
