package dev.vitals.benchmarks;

import dev.vitals.scrubbing.Scrubber;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * How the time to scrub grows with texts that were made to be slow: each of them once, twice and four times as long. The
 * fastest of a few runs counts, and the processor time of the thread: a machine that does other work shows less. Where it
 * grows by more than it may, it is measured again.
 */
final class Growth {
    private static final int RUNS = 3;
    private static final int AGAIN = 3;
    private static final double GOAL = 2.2;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What a text consists of, over and over. */
    static final List<String> PIECES = List.of(
            "a",
            "a.",
            "a.a.a.",
            "a@",
            "a@a@",
            "a@a.",
            "@",
            "a@b.c",
            "1",
            "12",
            "1-",
            "1 ",
            "1.",
            "1/",
            "1:",
            "12-",
            "123-45-",
            "4111 ",
            "4111-",
            "4111111111111111",
            "4111111111111112 ",
            "411111111111111",
            "(",
            "(555) ",
            "+",
            "+1",
            "+1 ",
            "+49 30 ",
            "GB29",
            "GB29 ",
            "DE89 3704 ",
            "AB 12 ",
            "10.",
            "10.1.2.",
            "256.256.",
            "127.0.0.1 ",
            "eyJ",
            "eyJeyJ",
            "eyJ.",
            "eyJa.eyJb",
            ":",
            "::",
            ":a:",
            "a:",
            "1:2:",
            "fe80::",
            "ab:cd:",
            "ab-cd-",
            "0a1b2c3d",
            "://",
            "a://",
            "a://b@",
            "a://b:c@",
            "http://a:b/",
            "=",
            "a=",
            "password",
            "password=",
            "password=\"",
            "password='",
            "password: ",
            "password=[",
            "secret ",
            "token ",
            "api key ",
            "secret 0aB1cD2e",
            "Bearer ",
            "Basic ",
            "Bearer a",
            "authorization: ",
            "cookie: a=",
            "\"",
            "\"a\":",
            "{\"a\":",
            "[",
            "{\"password\":[",
            "{\"a\":\"{",
            "\\",
            "\\\"",
            "\\\\\"",
            "\\u0061",
            "%",
            "%40",
            "%5B",
            "-",
            "-----BEGIN",
            "-----BEGIN ",
            "-----BEGIN PRIVATE KEY-----",
            "/home/",
            "/home/a",
            "/Users/",
            "C:\\Users\\",
            "AKIA",
            "AIza",
            "ghp_",
            "gho_",
            "github_pat_",
            "glpat-",
            "xoxb-",
            "xoxb-1-",
            "sk_live_",
            "sk-",
            "sk-ant-",
            "sk-proj-",
            "SG.",
            "SG.a.",
            "npm_",
            "pypi-",
            "dckr_pat_",
            "hf_",
            "dop_v1_",
            "shpat_",
            "hvs.",
            "s.",
            "NRAK-",
            "sntrys_",
            "ops_eyJ",
            "ya29.",
            "SK",
            "AC",
            "\ud83d",
            "\ude00",
            "\ud83d\ude00",
            "é",
            "\u0000",
            "\n",
            "[redacted]",
            "[email]",
            "'",
            "''",
            "--",
            "/*",
            "$a$",
            "select 'a' ",
            "a@b.c 1.2.3.4 4111 password=x eyJ. :a: /home/ ghp_ ");

    /** A way to scrub. */
    private record Way(String name, UnaryOperator<String> scrub) {}

    /** How long one text took, each length. */
    private record Line(String way, String piece, long once, long twice, long fourTimes) {
        double worst() {
            return Math.max((double) twice / once, (double) fourTimes / twice);
        }
    }

    private Growth() {}

    /** Takes the length of the shortest text in characters, 1,048,576 by default. */
    public static void main(String[] arguments) {
        measure(arguments.length == 0 ? 1 << 20 : Integer.parseInt(arguments[0]), PIECES, System.out);
    }

    static void measure(int length, List<String> pieces, PrintStream out) {
        Scrubber scrubber = Scrubber.standard();
        List<Way> ways = List.of(
                new Way("scrub", scrubber::scrub),
                new Way("scrubJson", scrubber::scrubJson),
                new Way("scrubSql", scrubber::scrubSql),
                new Way("scrubUrl", scrubber::scrubUrl));
        List<Line> lines = new ArrayList<>();
        for (Way way : ways) {
            pieces.forEach(piece -> time(way, piece, Math.min(length, 1 << 16))); // so that it is compiled
            pieces.forEach(piece -> lines.add(line(way, piece, length)));
        }
        lines.sort((one, other) -> Double.compare(other.worst(), one.worst()));
        long above = lines.stream().filter(line -> line.worst() > GOAL).count();
        out.printf(
                "%d texts of %d characters, twice and four times that; %d grow by more than %s a doubling; the worst:%n%n",
                lines.size(), length, above, GOAL);
        out.println("| of | by | ms | twice | four times | worst ratio a doubling | ns a character |");
        out.println("|---|---|---:|---:|---:|---:|---:|");
        lines.stream().limit(12).forEach(line -> print(line, length, out));
        out.println("\nThe slowest:\n");
        lines.sort((one, other) -> Long.compare(other.fourTimes, one.fourTimes));
        lines.stream().limit(6).forEach(line -> print(line, length, out));
    }

    private static Line line(Way way, String piece, int length) {
        Line line = new Line(way.name, piece, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
        for (int i = 0; i < AGAIN && (i == 0 || line.worst() > GOAL); i++) {
            line = new Line(
                    way.name,
                    piece,
                    Math.min(line.once, time(way, piece, length)),
                    Math.min(line.twice, time(way, piece, 2 * length)),
                    Math.min(line.fourTimes, time(way, piece, 4 * length)));
        }
        return line;
    }

    private static void print(Line line, int length, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "| `%s` | %s | %.2f | %.2f | %.2f | %.2f | %.1f |%n",
                printable(line.piece),
                line.way,
                line.once / 1e6,
                line.twice / 1e6,
                line.fourTimes / 1e6,
                line.worst(),
                line.fourTimes / 4.0 / length);
    }

    private static String printable(String piece) {
        StringBuilder printable = new StringBuilder();
        piece.chars()
                .forEach(c -> printable.append(
                        c > ' ' - 1 && c < 127 ? String.valueOf((char) c) : String.format(Locale.ROOT, "\\u%04x", c)));
        return printable.toString();
    }

    private static long time(Way way, String piece, int length) {
        String text = piece.repeat(length / piece.length() + 1).substring(0, length);
        long best = Long.MAX_VALUE;
        for (int run = 0; run < RUNS; run++) {
            long start = THREADS.getCurrentThreadCpuTime();
            String left = way.scrub.apply(text);
            long nanos = THREADS.getCurrentThreadCpuTime() - start;
            if (left.isEmpty()) {
                throw new IllegalStateException("nothing is left of a text");
            }
            best = Math.min(best, nanos);
        }
        return best;
    }
}
