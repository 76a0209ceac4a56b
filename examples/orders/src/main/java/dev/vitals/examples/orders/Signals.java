package dev.vitals.examples.orders;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Sends signals to processes, by the shell: Java itself can only end them. */
final class Signals {
    private Signals() {}

    static boolean areThere() {
        return !System.getProperty("os.name", "").startsWith("Windows");
    }

    static void send(String signal, List<ProcessHandle> processes) throws IOException {
        if (processes.isEmpty()) {
            return;
        }
        String numbers =
                processes.stream().map(process -> Long.toString(process.pid())).collect(Collectors.joining(" "));
        // One that has ended meanwhile makes kill complain, and the others still get their signal.
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + numbers)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!kill.waitFor(2, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
                throw new IOException("kill -" + signal + " did not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
