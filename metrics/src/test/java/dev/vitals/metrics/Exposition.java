package dev.vitals.metrics;

import dev.vitals.metrics.MetricCatalogue.Label;
import dev.vitals.metrics.MetricCatalogue.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Prometheus' text format, as far as these tests need it. */
final class Exposition {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    record Sample(String name, Map<String, String> labels, double value) {}

    record Family(String name, MetricCatalogue.Type type, String help, List<Sample> samples) {
        Metric asMetric() {
            var labels = new TreeSet<String>();
            samples.forEach(sample -> labels.addAll(sample.labels().keySet()));
            labels.remove("le");
            String unit = name.contains("_seconds") ? "seconds" : name.endsWith("_ratio") ? "ratio" : "";
            return new Metric(
                    name,
                    type,
                    unit,
                    labels.stream().map(label -> new Label(label, 0, "")).toList(),
                    help);
        }
    }

    private Exposition() {}

    static Map<String, Family> families(String text) {
        var families = new LinkedHashMap<String, Family>();
        String help = "";
        Family current = null;
        for (String line : text.lines().toList()) {
            if (line.startsWith("# HELP ")) {
                help = line.split(" ", 4)[3];
            } else if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ", 4);
                var type = words[3].equals("summary")
                        ? MetricCatalogue.Type.HISTOGRAM
                        : MetricCatalogue.Type.valueOf(words[3].toUpperCase(Locale.ROOT));
                current = new Family(words[2], type, help, new ArrayList<>());
                families.put(current.name(), current);
            } else if (!line.isEmpty() && current != null) {
                current.samples().add(sample(line));
            }
        }
        return families;
    }

    private static Sample sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("not a sample: " + line);
        }
        var labels = new LinkedHashMap<String, String>();
        if (matcher.group(2) != null) {
            LABEL.matcher(matcher.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        String value = matcher.group(3).replace("+Inf", "Infinity");
        return new Sample(matcher.group(1), labels, Double.parseDouble(value));
    }
}
