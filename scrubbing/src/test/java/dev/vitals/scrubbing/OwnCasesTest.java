package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is private and what is not, by example: {@code private.txt} and {@code harmless.txt} beside this. */
class OwnCasesTest {
    private static final List<Kind> PRECISE =
            List.of(Kind.CARD, Kind.IBAN, Kind.EMAIL, Kind.US_SSN, Kind.IPV4, Kind.IPV6);

    private final Scrubber scrubber = Scrubber.standard();

    static Stream<OwnCases.Case> cases() {
        return OwnCases.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void onlyWhatIsPrivateIsReplacedAndOnce(OwnCases.Case one) {
        assertThat(scrubber.scrub(one.text())).as("%s <%s>", one, one.text()).isEqualTo(one.expected());
        assertThat(scrubber.scrub(one.expected())).as("%s, again", one).isSameAs(one.expected());
    }

    @Test
    void atLeastHalfOfTheCasesAreHarmless() {
        List<OwnCases.Case> all = OwnCases.all();

        assertThat(all).hasSizeGreaterThan(700);
        assertThat(all.stream().filter(OwnCases.Case::harmless).count()).isGreaterThan(all.size() / 2);
    }

    @Test
    void everyKindHasItsCasesAndIsPreciseOverAllOfThem() {
        Map<String, Score> scores = new TreeMap<>();
        Kind.BUILT_IN.forEach(kind -> scores.put(kind.label(), new Score()));
        for (OwnCases.Case one : OwnCases.all()) {
            Map<String, Integer> expected = labels(one.expected(), one.text());
            Map<String, Integer> found = new TreeMap<>();
            scrubber.find(one.text())
                    .forEach(finding -> found.merge(finding.kind().label(), 1, Integer::sum));
            scores.forEach((label, score) -> score.add(expected.getOrDefault(label, 0), found.getOrDefault(label, 0)));
        }
        System.out.print(table(scores));

        assertThat(scores)
                .allSatisfy((label, score) -> assertThat(score.expected()).isPositive());
        for (Kind kind : PRECISE) {
            Score score = scores.getOrDefault(kind.label(), new Score());
            assertThat(score.precision()).as("precision of %s", kind).isGreaterThanOrEqualTo(0.98);
            assertThat(score.recall()).as("recall of %s", kind).isGreaterThanOrEqualTo(0.98);
        }
    }

    // How often each label is in the one text and not in the other.
    private static Map<String, Integer> labels(String expected, String text) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Kind kind : Kind.BUILT_IN) {
            counts.put(kind.label(), count(expected, kind.label()) - count(text, kind.label()));
        }
        return counts;
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private static String table(Map<String, Score> scores) {
        StringBuilder table = new StringBuilder("| kind | cases | precision | recall |\n|---|---:|---:|---:|\n");
        scores.forEach((label, score) -> table.append(
                "| %s | %d | %.3f | %.3f |%n".formatted(label, score.expected(), score.precision(), score.recall())));
        return table.toString();
    }

    /** By the number of findings: that they stand where they should is what the cases say one by one. */
    private static final class Score {
        private int right;
        private int missed;
        private int wrong;

        void add(int expected, int found) {
            right += Math.min(expected, found);
            missed += Math.max(0, expected - found);
            wrong += Math.max(0, found - expected);
        }

        int expected() {
            return right + missed;
        }

        double precision() {
            return (double) right / Math.max(1, right + wrong);
        }

        double recall() {
            return (double) right / Math.max(1, right + missed);
        }
    }
}
