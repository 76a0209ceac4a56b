package dev.vitals.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The rules of the bundle, read from its YAML. */
final class Rules {
    /** One rule: a recording rule has a name to record, an alert has labels, annotations and a waiting time. */
    record Rule(
            boolean isAlert,
            String name,
            String expression,
            String waits,
            Map<String, String> labels,
            Map<String, String> annotations) {}

    private Rules() {}

    static List<Rule> all() {
        var rules = new ArrayList<Rule>();
        for (Map<String, Object> group : Rules.<Map<String, Object>>list(
                yaml(new String(Bundle.read("prometheus/vitals.rules.yml"), UTF_8)), "groups")) {
            for (Map<String, Object> rule : Rules.<Map<String, Object>>list(group, "rules")) {
                boolean isAlert = rule.containsKey("alert");
                rules.add(new Rule(
                        isAlert,
                        String.valueOf(rule.get(isAlert ? "alert" : "record")),
                        String.valueOf(rule.get("expr")),
                        String.valueOf(rule.getOrDefault("for", "")),
                        map(rule, "labels"),
                        map(rule, "annotations")));
            }
        }
        return rules;
    }

    static List<Rule> alerts() {
        return all().stream().filter(Rule::isAlert).toList();
    }

    static List<Rule> recordings() {
        return all().stream().filter(rule -> !rule.isAlert()).toList();
    }

    static Map<String, Object> yaml(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    @SuppressWarnings("unchecked")
    static <T> List<T> list(Map<String, Object> parent, String key) {
        return (List<T>) parent.getOrDefault(key, List.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> map(Map<String, Object> parent, String key) {
        return (Map<String, String>) parent.getOrDefault(key, Map.of());
    }
}
