package dev.vitals.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.bundle.PromQl.Matcher;
import dev.vitals.bundle.PromQl.Selector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "up; up",
                "rate(requests_total[5m]); requests_total",
                "sum by (job, le) (rate(x_bucket[$__rate_interval])); x_bucket",
                "sum(rate(x_bucket[5m])) by (job); x_bucket",
                "a and on (job) group_left (team) b > bool 2; a b",
                "a unless b or c offset 5m; a b c",
                "job:requests:rate5m / 1e3 * Inf; job:requests:rate5m",
                "max_over_time(a{job=\"by (b)\"}[1h:5m]) # not c; a",
                "topk(10, sum without (pod) (a)); a",
                "histogram_quantile(0.95, x_bucket) >= 2 and vector(1); x_bucket"
            })
    void metricsAreToldFromFunctionsKeywordsAndLabels(String expression, String metrics) {
        assertThat(PromQl.read(expression).selectors())
                .extracting(Selector::metric)
                .containsExactly(metrics.split(" "));
    }

    @Test
    void aSelectorHasItsMatchersAndItsRange() {
        var reading = PromQl.read("sum by (job) (rate(a{b=~\"c|\\\"d\", e!='f}[1m]',}[5m]))");

        assertThat(reading.selectors())
                .containsExactly(new Selector(
                        "a", List.of(new Matcher("b", "=~", "c|\"d"), new Matcher("e", "!=", "f}[1m]")), "5m"));
        assertThat(reading.groupedBy()).containsExactly("job");
        assertThat(reading.functions()).containsExactlyInAnyOrder("sum", "rate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a{b=\"c}", "a{b", "a[5m", "sum by (a", "{job=\"x\"}", "a ~ b", "a{b=c}"})
    void whatCannotBeReadIsRefused(String expression) {
        assertThatThrownBy(() -> PromQl.read(expression)).isInstanceOf(IllegalArgumentException.class);
    }
}
