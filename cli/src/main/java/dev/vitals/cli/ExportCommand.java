package dev.vitals.cli;

import dev.vitals.bundle.Bundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code vitals export}: the bundle's files into a folder. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Writes the Prometheus rules and the Grafana dashboards into a folder.",
            "",
            "An export brings up to date what an earlier one wrote, and creates folders that are missing. It never"
                    + " touches a file that it did not write or that was changed since: then it writes nothing, and"
                    + " names what is in the way. Each file that was written is listed on standard output."
        },
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written, or already up to date",
            "1:could not write; standard error says why",
            "2:wrong usage"
        },
        footerHeading = "%nExample:%n",
        footer = "  java -jar vitals.jar export --to monitoring")
final class ExportCommand implements Callable<Integer> {
    /** An empty name, as an unset variable of a script gives it, would mean the current folder. */
    static final class Folder implements ITypeConverter<Path> {
        @Override
        public Path convert(String name) {
            if (name.isBlank()) {
                throw new TypeConversionException("the name of the folder is empty");
            }
            return Path.of(name);
        }
    }

    private static final int DONE = 0;
    private static final int COULD_NOT_WRITE = 1;

    private final PrintWriter out;
    private final PrintWriter err;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            required = true,
            converter = Folder.class,
            description = "The folder to write into. Required.")
    private Path to = Path.of("");

    ExportCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        try {
            List<Path> written = Bundle.exportTo(to);
            written.forEach(out::println);
            err.println(summary(written.size()));
            return DONE;
        } catch (IOException failure) {
            err.println("vitals: cannot export to " + to + ": " + reason(failure));
            return COULD_NOT_WRITE;
        }
    }

    private static String summary(int written) {
        int upToDate = Bundle.files().size() - written;
        return "vitals: " + written + " written, " + upToDate + " already up to date";
    }

    private static String reason(IOException failure) {
        if (failure instanceof FileAlreadyExistsException inTheWay && inTheWay.getReason() != null) {
            return inTheWay.getReason();
        }
        if (failure instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile() + ": change it, or name another folder with --to";
        }
        if (failure instanceof FileSystemException refused && refused.getReason() == null) {
            return refused.getFile() + " cannot be created: name a folder that can be written with --to";
        }
        return failure.getMessage() + ": name a folder that can be written with --to";
    }
}
