package dev.vitals.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Signals to processes. Where there is {@code /proc}, a stop is waited for: {@code kill} returns before its end. */
final class Signals {
    private static final long LIMIT_NANOS = 10_000_000_000L;
    /** Where forks elsewhere are counted, none may come in between. */
    private final Object forking;

    Signals(Object forking) {
        this.forking = forking;
    }

    Signals() {
        this(new Object());
    }

    void stop(List<Long> pids) throws IOException {
        send("STOP", pids);
        for (long pid : pids) {
            awaitStop(pid);
        }
    }

    void go(List<Long> pids) throws IOException {
        send("CONT", pids);
    }

    private void send(String name, List<Long> pids) throws IOException {
        var command = new ArrayList<>(List.of("kill", "-" + name));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        try {
            Process kill;
            synchronized (forking) {
                kill = new ProcessBuilder(command).inheritIO().start();
            }
            int exit = kill.waitFor();
            if (exit != 0) {
                throw new IOException(command + " gave " + exit);
            }
        } catch (InterruptedException interrupted) {
            throw new IOException("interrupted", interrupted);
        }
    }

    private static void awaitStop(long pid) throws IOException {
        Path tasks = Path.of("/proc", Long.toString(pid), "task");
        long end = System.nanoTime() + LIMIT_NANOS;
        while (Files.isDirectory(tasks) && !allStopped(tasks)) {
            if (System.nanoTime() - end > 0) {
                throw new IOException("process " + pid + " goes on after SIGSTOP");
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException interrupted) {
                throw new IOException("interrupted", interrupted);
            }
        }
    }

    private static boolean allStopped(Path tasks) throws IOException {
        try (var threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                String stat = Files.readString(thread.resolve("stat"));
                char state = stat.charAt(stat.lastIndexOf(')') + 2);
                // Stopped, or a zombie.
                if (state != 'T' && state != 'Z' && state != 'X') {
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException ended) {
            return false;
        }
    }
}
