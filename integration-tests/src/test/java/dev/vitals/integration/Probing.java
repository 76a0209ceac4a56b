package dev.vitals.integration;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Asks one probe every ten milliseconds, from its start to its end, and keeps every answer. */
final class Probing implements AutoCloseable {
    /** What was answered, and when it was asked and answered; status 0 is none. */
    record Answer(int status, long askedNanos, long answeredNanos, String body) {}

    private final List<Answer> answers = new ArrayList<>();
    private final Thread thread;
    private volatile boolean over;

    private Probing(String url, Duration limit) {
        thread = new Thread(() -> run(url, limit), "probing " + url);
        thread.setDaemon(true);
        thread.start();
    }

    static Probing of(String url, Duration limit) {
        return new Probing(url, limit);
    }

    private void run(String url, Duration limit) {
        while (!over) {
            long asked = System.nanoTime();
            int status = 0;
            String body = "";
            try {
                var answer = Server.send(HttpRequest.newBuilder(URI.create(url)), limit);
                status = answer.statusCode();
                body = answer.body();
            } catch (IOException none) {
                body = none.toString();
            }
            synchronized (answers) {
                answers.add(new Answer(status, asked, System.nanoTime(), body));
            }
            LockSupport.parkNanos(10_000_000L);
        }
    }

    List<Answer> answers() {
        synchronized (answers) {
            return List.copyOf(answers);
        }
    }

    int last() {
        List<Answer> all = answers();
        return all.isEmpty() ? 0 : all.get(all.size() - 1).status();
    }

    /** How often each status was answered. */
    Map<Integer, Long> all() {
        return count(answers());
    }

    /** How often each status was answered since then. */
    Map<Integer, Long> since(long nanos) {
        return count(answers().stream()
                .filter(answer -> answer.answeredNanos() - nanos >= 0)
                .toList());
    }

    /** How often each status was answered to what was asked since then. */
    Map<Integer, Long> askedSince(long nanos) {
        return count(answers().stream()
                .filter(answer -> answer.askedNanos() - nanos >= 0)
                .toList());
    }

    private static Map<Integer, Long> count(List<Answer> answers) {
        return answers.stream().collect(Collectors.groupingBy(Answer::status, TreeMap::new, Collectors.counting()));
    }

    /** The milliseconds from then to the first answer of that status and to the last one; -1 where there is none. */
    long[] span(int status, long nanos) {
        long[] times = answers().stream()
                .filter(answer -> answer.status() == status && answer.answeredNanos() - nanos >= 0)
                .mapToLong(answer -> (answer.answeredNanos() - nanos) / 1_000_000L)
                .toArray();
        return times.length == 0 ? new long[] {-1, -1} : new long[] {times[0], times[times.length - 1]};
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join(10_000);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
