package dev.vitals.testkit;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** Servers of the machine. In CI a missing one is a failure, elsewhere a visible skip. */
public final class Tools {
    private Tools() {}

    /**
     * {@return where a program is}
     *
     * @param name its name, looked for on the PATH and in the folders of servers, which are not on everybody's
     */
    public static Path require(String name) {
        String folders = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
        for (String folder : folders.split(File.pathSeparator, -1)) {
            Path tool = Path.of(folder, name);
            if (Files.isExecutable(tool)) {
                return tool;
            }
        }
        String message = name + " is not on the PATH: ./check installs it on Debian";
        return "true".equals(System.getenv("CI")) ? fail(message) : abort(message);
    }
}
