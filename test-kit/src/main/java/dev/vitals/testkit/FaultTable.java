package dev.vitals.testkit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table of a page of the documentation that says what a check says of each fault, and how soon. Tests make it: with
 * {@code -Dvitals.write.docs=true} it is written between the two marks of the page, and otherwise the page must have the
 * same faults and the same words. Seconds differ from run to run, and are not compared. Safe for use by many threads.
 */
public final class FaultTable {
    private static final Object PAGES = new Object();

    private final Path page;
    private final String begin;
    private final String end;
    private final List<String> order;
    private final Map<String, Row> rows = new ConcurrentHashMap<>();

    private record Row(
            String says, Duration noticed, @Nullable Duration recovered) {}

    /**
     * Makes an empty table.
     *
     * @param page the page, from the module's folder on: {@code ../docs/health-jdbc.md}
     * @param order all faults, as the page is to have them
     */
    public FaultTable(Path page, List<String> order) {
        this(page, "faults", order);
    }

    /**
     * Makes an empty table, one of several on its page.
     *
     * @param page the page, from the module's folder on
     * @param name what its marks call it
     * @param order all faults, as the page is to have them
     */
    public FaultTable(Path page, String name, List<String> order) {
        this.page = page;
        this.begin = "<!-- " + name + ": written by the tests -->";
        this.end = "<!-- end of " + name + " -->";
        this.order = List.copyOf(order);
    }

    /**
     * Notes what was seen of a fault.
     *
     * @param fault one of those that the table was made for
     * @param says the status and the reason, word for word, as {@code DOWN: connection lost}
     * @param noticed from the fault to that status
     * @param recovered from the end of the fault to a check that is well again
     */
    public void add(String fault, String says, Duration noticed, Duration recovered) {
        put(fault, new Row(says, noticed, recovered));
    }

    /** The same for a fault that has no end. */
    public void addForGood(String fault, String says, Duration noticed) {
        put(fault, new Row(says, noticed, null));
    }

    private void put(String fault, Row row) {
        if (!order.contains(fault)) {
            throw new IllegalArgumentException("no such fault in this table: " + fault);
        }
        rows.put(fault, row);
    }

    /**
     * Writes or compares, once every fault has been played.
     *
     * @throws IOException if the page cannot be read or written
     */
    public void finish() throws IOException {
        List<String> missing =
                order.stream().filter(fault -> !rows.containsKey(fault)).toList();
        if (!missing.isEmpty()) {
            throw new AssertionError("faults that were not seen to their end: " + missing);
        }
        synchronized (PAGES) {
            writeOrCompare();
        }
    }

    private void writeOrCompare() throws IOException {
        String text = Files.readString(page);
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new AssertionError(page + " has no lines \"" + begin + "\" and \"" + end + "\"");
        }
        String table = table();
        if (Boolean.getBoolean("vitals.write.docs")) {
            Files.writeString(page, text.substring(0, from) + begin + "\n" + table + text.substring(to));
            return;
        }
        String documented = withoutSeconds(text.substring(from + begin.length(), to));
        if (!documented.equals(withoutSeconds(table))) {
            throw new AssertionError(page + " says something else than the tests saw; -Dvitals.write.docs=true writes"
                    + " what they see. They see:\n" + table);
        }
    }

    private String table() {
        return order.stream()
                .map(fault -> line(fault, requireNonNull(rows.get(fault))))
                .collect(Collectors.joining(
                        "\n",
                        "| fault | the check says | seconds to notice | seconds to recover |\n|---|---|---|---|\n",
                        "\n"));
    }

    private static String line(String fault, Row row) {
        Duration recovered = row.recovered();
        return String.format(
                Locale.ROOT,
                "| %s | `%s` | %s | %s |",
                fault,
                row.says(),
                seconds(row.noticed()),
                recovered == null ? "never" : seconds(recovered));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1e3);
    }

    private static String withoutSeconds(String table) {
        return table.strip()
                .lines()
                .map(line -> line.replaceAll("\\| [0-9.]+ \\| ([0-9.]+|never) \\|$", "|"))
                .collect(Collectors.joining("\n"));
    }
}
