package dev.vitals.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class DashboardTest {
    private static final int GRID = 24;
    private static final List<String> VARIABLES = List.of("namespace", "job", "instance");

    static List<Dashboard> dashboards() {
        return Dashboard.all();
    }

    @Test
    void thereIsOne() {
        assertThat(dashboards()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aDashboardCannotBeEditedAndRefreshesItself(Dashboard dashboard) {
        JsonNode json = dashboard.json();

        assertThat(json.path("schemaVersion").asInt()).isBetween(39, 42);
        assertThat(dashboard.file()).isEqualTo("grafana/" + json.path("uid").asString() + ".json");
        assertThat(json.path("title").asString()).startsWith("Vitals / ");
        assertThat(json.path("editable").asBoolean(true)).isFalse();
        assertThat(json.path("refresh").asString()).isEqualTo("30s");
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aDashboardAsksWhichDataSourceNamespaceJobAndInstance(Dashboard dashboard) {
        List<JsonNode> variables =
                dashboard.json().at("/templating/list").valueStream().toList();

        assertThat(variables)
                .extracting(variable -> variable.path("name").asString())
                .containsExactly("datasource", "namespace", "job", "instance");
        assertThat(variables.get(0).path("type").asString()).isEqualTo("datasource");
        for (JsonNode variable : variables.subList(1, variables.size())) {
            assertThat(variable.path("type").asString()).isEqualTo("query");
            assertThat(variable.at("/datasource/uid").asString()).isEqualTo("${datasource}");
            assertThat(variable.path("multi").asBoolean()).isTrue();
            assertThat(variable.path("includeAll").asBoolean()).isTrue();
            assertThat(variable.path("allValue").asString()).isIn(".*", ".+");
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aPanelHasTitleDescriptionUnitAndDataSource(Dashboard dashboard) {
        for (JsonNode panel : dashboard.panels()) {
            String title = panel.path("title").asString();

            assertThat(title).isNotBlank();
            assertThat(panel.path("description").asString()).as(title).isNotBlank();
            assertThat(panel.at("/fieldConfig/defaults/unit").asString())
                    .as(title)
                    .isNotBlank();
            assertThat(panel.at("/datasource/uid").asString()).as(title).isEqualTo("${datasource}");
            assertThat(panel.path("type").asString()).as(title).isIn("timeseries", "stat");
            assertThat(panel.path("targets").isEmpty()).as(title).isFalse();
            for (JsonNode target : panel.path("targets")) {
                assertThat(target.at("/datasource/uid").asString()).as(title).isEqualTo("${datasource}");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aQueryHeedsEveryVariable(Dashboard dashboard) {
        for (String expression : dashboard.expressions()) {
            assertThat(PromQl.read(expression).selectors())
                    .as(expression)
                    .isNotEmpty()
                    .allSatisfy(selector -> {
                        for (String variable : VARIABLES) {
                            assertThat(selector.matchers())
                                    .contains(new PromQl.Matcher(variable, "=~", "$" + variable));
                        }
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void aRateIsTakenOverTheIntervalThatGrafanaKnows(Dashboard dashboard) {
        for (String expression : dashboard.expressions()) {
            for (PromQl.Selector selector : PromQl.read(expression).selectors()) {
                boolean counts = selector.metric().matches(".*_(total|count|sum|bucket)");
                assertThat(selector.range()).as(expression).isEqualTo(counts ? "$__rate_interval" : "");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panelsFillTheGridWithoutOverlap(Dashboard dashboard) {
        var taken = new HashSet<String>();
        var ids = new ArrayList<Integer>();
        int bottom = 0;
        for (JsonNode panel : dashboard.json().path("panels")) {
            ids.add(panel.path("id").asInt());
            JsonNode place = panel.path("gridPos");
            int right = place.path("x").asInt() + place.path("w").asInt();
            int end = place.path("y").asInt() + place.path("h").asInt();
            for (int x = place.path("x").asInt(); x < right; x++) {
                for (int y = place.path("y").asInt(); y < end; y++) {
                    assertThat(taken.add(x + "," + y))
                            .as("%s at %d,%d", panel.path("title"), x, y)
                            .isTrue();
                }
            }
            assertThat(right).isLessThanOrEqualTo(GRID);
            bottom = Math.max(bottom, end);
        }
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(taken).as("no hole").hasSize(GRID * bottom);
    }
}
