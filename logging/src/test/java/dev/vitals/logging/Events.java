package dev.vitals.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What is logged in the tests, and how it is looked for. */
final class Events {
    static final String CANARY = "c4naryc4nary";
    static final Instant TIME = Instant.parse("2026-11-21T07:15:47.123Z");
    static final Map<String, String> TRACE =
            new TreeMap<>(Map.of("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736", "span_id", "00f067aa0ba902b7"));

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NUMBER = Pattern.compile("event (\\d+) of all");

    private Events() {}

    static Throwable failure() {
        var failure = new IllegalStateException("no route to redis://:hunter2@cache:6379/0");
        failure.setStackTrace(
                new StackTraceElement[] {new StackTraceElement("com.acme.Sessions", "open", "Sessions.java", 42)});
        return failure;
    }

    static Throwable privateFailure() {
        var cause = new IllegalArgumentException("password: " + CANARY);
        var failure = new IllegalStateException("jdbc:postgresql://app:" + CANARY + "@db:5432/orders", cause);
        failure.addSuppressed(new IllegalStateException("Authorization: Bearer " + CANARY));
        return failure;
    }

    /** The lines of a file, after a look whether they are whole and without anything private. */
    static List<String> assertPublic(Path file, boolean json) throws Exception {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        assertThat(text).doesNotContain(CANARY).endsWith("\n");
        List<String> lines = text.lines().toList();
        if (json) {
            for (String line : lines) {
                JsonNode event = JSON.readTree(line);
                assertThat(event.isObject()).as(line).isTrue();
                if (!line.contains("[unscrubbable]")) {
                    assertThat(event.findValuesAsString("trace_id")).as(line).contains(TRACE.get("trace_id"));
                }
            }
        }
        return lines;
    }

    static List<Integer> numbers(List<String> lines) {
        return lines.stream()
                .flatMap(line -> NUMBER.matcher(line).results())
                .map(MatchResult::group)
                .map(text -> Integer.valueOf(text.replaceAll("\\D", "")))
                .toList();
    }

    static void inEightThreads(IntConsumer log) throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> done = IntStream.range(0, 8)
                    .<Future<?>>mapToObj(thread -> threads.submit(() -> {
                        IntStream.range(thread * 1250, (thread + 1) * 1250).forEach(log);
                    }))
                    .toList();
            for (Future<?> one : done) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    /** Neither as text nor, as the Logstash encoder does it, as a bean. */
    public static final class Unwritable {
        public String getName() {
            return Objects.requireNonNull(null, "password=" + CANARY);
        }

        @Override
        public String toString() {
            return getName();
        }
    }

    /** Overflows the stack. */
    public static final class Endless {
        public String getName() {
            return "password=" + CANARY + this;
        }

        @Override
        public String toString() {
            return getName();
        }
    }
}
