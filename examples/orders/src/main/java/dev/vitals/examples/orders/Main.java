package dev.vitals.examples.orders;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Starts the demo, waits for its end and says how it went: exit code 0 for well, 1 for a failure, 2 for input that
 * cannot work.
 */
public final class Main {
    private Main() {}

    /**
     * Runs the demo.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        // The JDK's server reads this once, when it is first used; without it every answer costs 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // The stable names for what OpenTelemetry's libraries tell of databases; read once too.
        System.setProperty("otel.semconv-stability.opt-in", "database");
        LogManager.getLogManager().reset();
        SLF4JBridgeHandler.install();
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        Options options;
        try {
            options = Options.parse(arguments, environment);
        } catch (BadInput bad) {
            return fail(err, 2, bad.line());
        }
        if (options.help()) {
            out.print(Options.HELP);
            return 0;
        }
        var demo = new Demo(options, out);
        var stopped = new AtomicBoolean();
        var hook = new Thread(
                () -> {
                    stopped.set(true);
                    demo.close();
                },
                "demo-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try (demo) {
            demo.start();
            if (options.once()) {
                new OneRound(demo.addresses(), out).run();
            } else {
                out.print(Banner.of(demo.addresses(), options));
                demo.awaitClose();
            }
            return 0;
        } catch (BadInput bad) {
            // Whoever stops a demo that starts also stops the servers that it starts: that is no bad input.
            return stopped.get() ? 130 : fail(err, 2, bad.line());
        } catch (InterruptedException interrupted) {
            return 130;
        } catch (Exception failed) {
            return stopped.get() ? 130 : fail(err, 1, failed.toString());
        }
    }

    private static int fail(PrintStream err, int code, String message) {
        err.println("orders: " + message.replaceAll("\\s+", " "));
        return code;
    }
}
