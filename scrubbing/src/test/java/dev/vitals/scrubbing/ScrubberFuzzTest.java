package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import com.code_intelligence.jazzer.mutation.annotation.WithUtf8Length;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds of every text. As a unit test it runs on the private ones of {@link OwnCases}; with {@code JAZZER_FUZZ=1}, as
 * the execution {@code fuzz} of this module's build has it, on what jazzer makes of them.
 */
class ScrubberFuzzTest {
    private static final Scrubber SCRUBBER = Scrubber.standard();

    /** Private wherever it stands between spaces; the second is what must not be left of it. */
    private record Canary(String planted, String secret) {
        Canary(String secret) {
            this(secret, secret);
        }
    }

    private static final List<Canary> CANARIES = List.of(
            new Canary("jane.canary@firm-mail.com"),
            new Canary("4539148803436467"),
            new Canary("5425 2334 3010 9903"),
            new Canary("DE89370400440532013000"),
            new Canary("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"),
            new Canary("password=c4naryHunter2", "c4naryHunter2"),
            new Canary("\"apiKey\":\"c4naryHunter2\"", "c4naryHunter2"),
            new Canary("https://canary:c4naryHunter2@host-1.example/x", "c4naryHunter2"),
            new Canary("Bearer c4naryHunter2c4naryHunter2", "c4naryHunter2"));

    static Stream<Arguments> seeds() {
        return OwnCases.read("private.txt").stream()
                .map(one -> Arguments.of(one.text(), one.text().length(), one.line()));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whateverTheTextItIsScrubbedOnceAndWhole(
            @NotNull @WithUtf8Length(max = 2_000) String text, int place, int choice) {
        long before = SCRUBBER.unscrubbable();
        // No mutator makes half a pair.
        scrubsOnceAndWhole(choice < 0 ? halved(text, place) : text);
        hidesWhatIsPlanted(text, place, CANARIES.get(Math.floorMod(choice, CANARIES.size())));
        assertThat(SCRUBBER.unscrubbable()).isEqualTo(before);
    }

    private static void scrubsOnceAndWhole(String text) {
        String once = SCRUBBER.scrub(text);

        assertThat(SCRUBBER.scrub(once)).as("scrubbed twice").isEqualTo(once);
        // What was hidden by its neighbour may be seen only when that is gone.
        assertThat(SCRUBBER.scrub(replaced(text, SCRUBBER.find(text))))
                .as("found and replaced")
                .isEqualTo(once);
        assertThat(SCRUBBER.scrubJson(text)).isNotNull();
        assertThat(SCRUBBER.scrubSql(text)).isNotNull();
        assertThat(SCRUBBER.scrubUrl(text)).isNotNull();
    }

    private static void hidesWhatIsPlanted(String text, int place, Canary canary) {
        int at = Math.floorMod(place, text.length() + 1);
        String planted = text.substring(0, at) + "\nx " + canary.planted() + " x\n" + text.substring(at);
        // A text that has it already can keep it, inside a name for one.
        if (!text.contains(canary.secret())) {
            assertThat(SCRUBBER.scrub(planted)).doesNotContain(canary.secret());
            assertThat(SCRUBBER.scrubJson(planted)).doesNotContain(canary.secret());
        }
    }

    private static String replaced(String text, List<Finding> findings) {
        StringBuilder out = new StringBuilder();
        int copied = 0;
        for (Finding finding : findings) {
            assertThat(finding.start()).isGreaterThanOrEqualTo(copied);
            assertThat(finding.end()).isGreaterThan(finding.start()).isLessThanOrEqualTo(text.length());
            out.append(text, copied, finding.start()).append(finding.kind().label());
            copied = finding.end();
        }
        return out.append(text, copied, text.length()).toString();
    }

    private static String halved(String text, int place) {
        int at = Math.floorMod(place, text.length() + 1);
        return text.substring(0, at) + (place % 2 == 0 ? '\ud83d' : '\ude00') + text.substring(at);
    }
}
