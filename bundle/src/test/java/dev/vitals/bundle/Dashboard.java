package dev.vitals.bundle;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A dashboard of the bundle, read from its JSON. */
record Dashboard(String file, JsonNode json) {
    static List<Dashboard> all() {
        var mapper = new JsonMapper();
        return Bundle.files().stream()
                .filter(file -> file.startsWith("grafana/"))
                .map(file -> new Dashboard(file, mapper.readTree(Bundle.read(file))))
                .toList();
    }

    /** The panels that show something: rows are mere headings. */
    List<JsonNode> panels() {
        return json.path("panels")
                .valueStream()
                .filter(panel -> !panel.path("type").asString().equals("row"))
                .toList();
    }

    List<String> expressions() {
        var expressions = new ArrayList<String>();
        for (JsonNode panel : panels()) {
            panel.path("targets")
                    .valueStream()
                    .forEach(target -> expressions.add(target.path("expr").asString()));
        }
        return expressions;
    }
}
