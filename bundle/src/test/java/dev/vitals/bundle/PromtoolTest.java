package dev.vitals.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PromtoolTest {
    @Test
    void theRulesAreWellFormed() throws Exception {
        Promtool.accepts("check", "rules", "--lint=all", "--lint-fatal", Promtool.RULES.toString());
    }

    @Test
    void everyAlertFiresWhenItMustAndOnlyThen() throws Exception {
        Promtool.accepts("test", "rules", Promtool.TESTS.toString());
    }

    @Test
    void everyPanelAsksInPromQl(@TempDir Path folder) throws IOException, InterruptedException {
        var text = new StringBuilder("groups:\n- name: panels\n  rules:\n");
        var mapper = new JsonMapper();
        int number = 0;
        for (Dashboard dashboard : Dashboard.all()) {
            for (String expression : dashboard.expressions()) {
                String filledIn = expression.replace("$__rate_interval", "1m");
                text.append("  - record: panel:").append(number++).append('\n');
                text.append("    expr: ")
                        .append(mapper.writeValueAsString(filledIn))
                        .append('\n');
            }
        }
        Path rules = Files.writeString(folder.resolve("panels.yml"), text);

        Promtool.accepts("check", "rules", "--lint=all", "--lint-fatal", rules.toString());
    }
}
