package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InfoTest {
    @ParameterizedTest
    @CsvSource({
        "a:12, 12",
        "a:0, 0",
        "a:-1, -1",
        "a:-7, -1",
        "a:, -1",
        "a:twelve, -1",
        "a:1.5, -1",
        "a:9223372036854775807, 9223372036854775807",
        "a:9223372036854775808, -1",
        "b:12, -1",
        "#a:12, -1",
        "a, -1",
        "'', -1"
    })
    void aNumberIsReadOrIsNotThere(String text, long number) {
        assertThat(Info.parse(text).number("a")).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"1.52, 1.52", "-nan, -1", "nan, -1", "inf, -1", "-0.5, -1", "'', -1", "x, -1", "2, 2"})
    void aRatioIsReadOrIsNotThere(String text, double ratio) {
        assertThat(Info.parse("a:" + text).decimal("a")).isEqualTo(ratio);
    }

    @Test
    void linesOfANumberedKindAreFoundAndTheirNeighboursAreNot() {
        Info info =
                Info.parse("slave0:state=online,offset=5\r\nslave12:state=,x,=y\r\nslave_priority:100\r\nslaves:1\r\n");
        var lines = new ArrayList<Map<String, String>>();

        info.each("slave", lines::add);

        assertThat(lines).containsExactlyInAnyOrder(Map.of("state", "online", "offset", "5"), Map.of("state", ""));
    }

    @Test
    void aValueMayHoldColonsAndIsCutWhereItIsLong() {
        Info info = Info.parse("a:b:c\na2:" + "x".repeat(100));

        assertThat(info.text("a")).isEqualTo("b:c");
        assertThat(info.text("a2")).hasSize(40);
    }

    /** Whatever a proxy or a half-written answer makes of it: nothing is thrown, and no figure is negative but for -1. */
    @Test
    void brokenTextsAreReadWithoutHarm() {
        String whole = Texts.read("info-7.0-primary.txt");
        var random = new Random(4);
        for (int i = 0; i < 500; i++) {
            var broken = new StringBuilder(whole.substring(0, random.nextInt(whole.length())));
            for (int j = 0; j < 20 && broken.length() > 0; j++) {
                broken.setCharAt(random.nextInt(broken.length()), (char) random.nextInt(128));
            }
            Info info = Info.parse(broken.toString());
            var findings = new Findings();
            Memory memory = Memory.of(info);
            if (memory != null) {
                memory.judge(Settings.DEFAULT, findings);
            }
            Replication replication = Replication.of(info);
            if (replication != null) {
                replication.judge(Settings.DEFAULT, findings);
            }
            Persistence.judge(info, findings);
            assertThat(findings.result().measurements())
                    .allSatisfy(m -> assertThat(m.value()).isNotNegative().isFinite());
        }
    }
}
