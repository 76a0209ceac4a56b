package dev.vitals.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.ListStatistics;

/**
 * Runs a benchmark and sets its methods side by side, as a table in Markdown. Medians of all iterations; beside
 * the time stands the processor time: on a machine that does other work too, that is the one to compare.
 */
final class Comparison {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private Comparison() {}

    /** Takes JMH's own options. */
    public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
        var options = new OptionsBuilder()
                .parent(new CommandLineOptions(arguments))
                .addProfiler(GCProfiler.class)
                .addProfiler(ProcessorTime.class)
                .shouldFailOnError(true)
                .build();
        System.out.print(table(new Runner(options).run()));
    }

    static String table(Collection<RunResult> results) {
        boolean texts = results.stream().anyMatch(result -> text(result) != null);
        var table = new StringBuilder("\n| benchmark | with | time, ns | processor time, ns | B/op |")
                .append(texts ? " MB/s |\n|---|---|---|---|---|---|\n" : "\n|---|---|---|---|---|\n");
        for (RunResult result : results) {
            double nanos = median(result, iteration -> iteration.getPrimaryResult());
            String method = result.getParams().getBenchmark();
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %,.0f | %,.0f | %,.0f |",
                    method.substring(method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1),
                    parameters(result),
                    nanos,
                    median(result, iteration -> secondary(iteration.getSecondaryResults(), ProcessorTime.LABEL)),
                    secondary(result.getSecondaryResults(), ALLOCATED).getScore()));
            String text = text(result);
            table.append(
                            text == null
                                    ? texts ? " |" : ""
                                    : String.format(Locale.ROOT, " %,.1f |", text.length() * 1e3 / nanos))
                    .append('\n');
        }
        return table.toString();
    }

    // What was scrubbed, all of it ASCII: a character is a byte.
    private static @Nullable String text(RunResult result) {
        for (String parameter : List.of("text", "json")) {
            String name = result.getParams().getParam(parameter);
            if (name != null) {
                return Texts.named(name);
            }
        }
        return null;
    }

    private static String parameters(RunResult result) {
        var params = result.getParams();
        String all = params.getParamsKeys().stream().map(params::getParam).collect(Collectors.joining(" "));
        return all.isEmpty() ? "-" : all;
    }

    private static double median(RunResult result, Function<IterationResult, Result<?>> part) {
        var times = new ListStatistics();
        result.getBenchmarkResults().forEach(fork -> fork.getIterationResults()
                .forEach(iteration -> times.addValue(part.apply(iteration).getScore())));
        return times.getPercentile(50);
    }

    @SuppressWarnings("rawtypes") // As JMH has it.
    private static Result<?> secondary(Map<String, Result> results, String label) {
        return requireNonNull(results.get(label));
    }
}
