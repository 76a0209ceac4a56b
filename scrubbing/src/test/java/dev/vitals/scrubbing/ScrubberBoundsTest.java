package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberBoundsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " ",
                "\\",
                "\"",
                "'",
                "=",
                ":",
                "[",
                "]",
                "{",
                "@",
                ",",
                "%",
                ".",
                "eyJ",
                "eyJ-",
                "eyJ.",
                "eyJa.b",
                "a.",
                "a:",
                "a=",
                "a ",
                "a\\",
                "://",
                "a://",
                "a://@",
                "a://b:c",
                "http://a:b/",
                "http://a:b,",
                "http://\\",
                "?a=b&",
                "password",
                "password=",
                "password=a,b",
                "password=,",
                "password='",
                "password=\"",
                "password=\\\"",
                "password=\\\\\"",
                "password=\"\n",
                "password=['\n",
                "password=[\"\n",
                "password=[",
                "password=[\n",
                "password=)",
                "password=\\",
                "password: bearer ",
                "\"password\":[",
                "\"password\":\"\\",
                "cookie: a=\"",
                "cookie: '",
                "cookie:\"\n",
                "cookie=a,b",
                "Bearer ",
                "Bearer a",
                "Basic ",
                "Basic a",
                "token ",
                "api key ",
                "a[",
                "a]",
                "password\\",
                "password ",
                "password\t=",
                "a\\\"",
                "\\\\\"password=[\""
            })
    void workGrowsWithTheTextAndNoFaster(String piece) {
        long once = CountedText.reads(piece, 5_000);
        long fourTimes = CountedText.reads(piece, 20_000);

        assertThat(once).isLessThan(5_000 * 40L);
        assertThat(fourTimes).isLessThan(once * 4 + once / 2 + 1_000);
    }

    @Test
    void whateverTheTextScrubbingTwiceChangesNothingAndNothingFails() {
        List<String> pieces = List.of(
                "password",
                "api",
                "key",
                "token",
                "cookie",
                "Authorization",
                "a",
                "hunter2",
                "user",
                "=",
                ":",
                "=>",
                "\"",
                "'",
                "`",
                "\\",
                "\\\"",
                "\\n",
                "[",
                "]",
                "{",
                "}",
                "(",
                ")",
                ",",
                ";",
                " ",
                "\n",
                "&",
                "#",
                "?",
                "@",
                "/",
                "://",
                ".",
                "%5B",
                "Bearer ",
                "Basic ",
                "eyJhbGci.eyJzdWI.x",
                "[redacted]",
                "null",
                "***",
                "<",
                ">",
                "é");
        Random random = new Random(42);
        Scrubber scrubber = Scrubber.builder().build();
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(12); length > 0; length--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            String once = scrubber.scrub(text.toString());
            assertThat(scrubber.scrub(once)).as("of <%s>", text).isEqualTo(once);
        }
        assertThat(scrubber.unscrubbable()).isZero();
    }
}
