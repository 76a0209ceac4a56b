package dev.vitals.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import picocli.CommandLine;

/**
 * Where {@code java -jar vitals.jar} starts. Exit codes: 0 for done, 1 for could not be done, 2 for a command line that
 * makes no sense. Results go to standard output, everything else to standard error.
 */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the JVM with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        // Unlike System.out these say when they cannot be written to.
        InputStream in = new FileInputStream(FileDescriptor.in);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        CommandLine vitals = commandLine(
                in, out, new PrintWriter(System.out, true, UTF_8), new PrintWriter(System.err, true, UTF_8));
        System.exit(vitals.execute(args));
    }

    static CommandLine commandLine(InputStream stdin, OutputStream stdout, PrintWriter out, PrintWriter err) {
        return new CommandLine(new VitalsCommand())
                .addSubcommand(new ExportCommand(out, err))
                .addSubcommand(new ScrubCommand(stdin, stdout, err))
                .setOut(out)
                .setErr(err);
    }
}
