package dev.vitals.cli;

import dev.vitals.scrubbing.Kind;
import dev.vitals.scrubbing.Replacement;
import dev.vitals.scrubbing.Scrubber;
import dev.vitals.scrubbing.ScrubberBuilder;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code vitals scrub}: standard input to standard output without what is private, line by line. */
@Command(
        name = "scrub",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Copies standard input to standard output without personal data and secrets, one line for each line.",
            "",
            "A line comes out as soon as it is in, so that it may stand in a pipe. A line of more than 1 MiB is cut."
                    + " Each line of a PEM block becomes [pem]."
        },
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is copied, or nobody reads on",
            "1:could not read or write; standard error says why",
            "2:wrong usage"
        },
        footerHeading = "%nExample:%n",
        footer = "  java -jar vitals.jar scrub --without ipv4,ipv6 < app.log > shared.log")
final class ScrubCommand implements Callable<Integer> {
    /** One of the kinds that are built in. */
    static final class KindName implements ITypeConverter<Kind> {
        @Override
        public Kind convert(String name) {
            return Scrubber.kinds().stream()
                    .filter(kind -> kind.name().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("no kind has this name; there are "
                            + Scrubber.kinds().stream().map(Kind::name).collect(Collectors.joining(", "))));
        }
    }

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int LONGEST_KEY = 4096;

    private final InputStream in;
    private final OutputStream out;
    private final PrintWriter err;
    private final Map<String, Long> counts = new TreeMap<>();
    private boolean closed;

    @Option(names = "--json", description = "Each line is JSON, and stays it.")
    private boolean json;

    @Option(
            names = "--only",
            paramLabel = "KIND",
            split = ",",
            converter = KindName.class,
            description = "Looks for this kind alone. May be given several times, or with commas.")
    private List<Kind> only = List.of();

    @Option(
            names = "--without",
            paramLabel = "KIND",
            split = ",",
            converter = KindName.class,
            description = "Leaves this kind in the text. May be given several times, or with commas.")
    private List<Kind> without = List.of();

    @Option(
            names = "--pseudonym-key-file",
            paramLabel = "FILE",
            description = "Replaces what it finds by pseudonyms instead of labels: the same for the same value and key."
                    + " The file holds at least 32 bytes; one line end behind them does not count.")
    private @Nullable Path keyFile;

    @Option(names = "--summary", description = "Says on standard error at the end how many lines and findings it were.")
    private boolean summary;

    ScrubCommand(InputStream in, OutputStream out, PrintWriter err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        Scrubber scrubber;
        try {
            scrubber = scrubber(keyFile == null ? Replacement.label() : Replacement.pseudonym(key(keyFile)));
        } catch (IOException | IllegalArgumentException failure) {
            String reason = failure instanceof NoSuchFileException ? "there is no such file" : failure.getMessage();
            err.println("vitals: cannot take a key from " + keyFile + ": " + reason);
            return FAILED;
        }
        long lines;
        try {
            OutputStream to = new Output(out);
            lines = json ? scrubber.scrubJsonLines(in, to) : scrubber.scrubLines(in, to);
        } catch (IOException failure) {
            if (closed) {
                return DONE;
            }
            err.println("vitals: cannot go on: " + failure.getMessage());
            return FAILED;
        }
        if (summary) {
            err.println("vitals: " + lines + " lines, " + scrubber.unscrubbable() + " times something unscrubbable"
                    + (json ? "" : ", found " + counts));
        }
        return DONE;
    }

    private Scrubber scrubber(Replacement replacement) {
        ScrubberBuilder builder = Scrubber.builder();
        if (!only.isEmpty()) {
            builder.only(only.toArray(Kind[]::new));
        }
        builder.without(without.toArray(Kind[]::new));
        for (Kind kind : Scrubber.kinds()) {
            builder.replace(kind, (found, text) -> {
                counts.merge(found.name(), 1L, Long::sum);
                return replacement.replace(found, text);
            });
        }
        return builder.build();
    }

    private static byte[] key(Path file) throws IOException {
        byte[] bytes;
        try (InputStream from = Files.newInputStream(file)) {
            bytes = from.readNBytes(LONGEST_KEY);
        }
        int end = bytes.length;
        if (end > 0 && bytes[end - 1] == '\n') {
            end--;
        }
        if (end > 0 && end < bytes.length && bytes[end - 1] == '\r') {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    /** Tells a reader that has gone ({@code | head}) from a disk that is full. */
    private final class Output extends FilterOutputStream {
        Output(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException failure) {
                closed = String.valueOf(failure.getMessage())
                        .toLowerCase(Locale.ROOT)
                        .contains("pipe");
                throw failure;
            }
        }
    }
}
