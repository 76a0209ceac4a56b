package dev.vitals.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs a benchmark and sets its methods side by side, as a table in Markdown. Beside the median of all iterations
 * stands the processor time: on a machine that does other work too, that is the one to compare.
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
        var table = new StringBuilder(
                "\n| benchmark | checks | time, ns | processor time, ns | B/op |\n|---|---|---|---|---|\n");
        for (RunResult result : results) {
            String method = result.getParams().getBenchmark();
            Statistics times = iterations(result);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %,.0f | %,.0f | %,.0f |%n",
                    method.substring(method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1),
                    result.getParams().getParam("checks"),
                    times.getPercentile(50),
                    secondary(result, ProcessorTime.LABEL),
                    secondary(result, ALLOCATED)));
        }
        return table.toString();
    }

    private static double secondary(RunResult result, String label) {
        return requireNonNull(result.getSecondaryResults().get(label)).getScore();
    }

    private static Statistics iterations(RunResult result) {
        var times = new ListStatistics();
        result.getBenchmarkResults().forEach(fork -> fork.getIterationResults()
                .forEach(
                        iteration -> times.addValue(iteration.getPrimaryResult().getScore())));
        return times;
    }
}
