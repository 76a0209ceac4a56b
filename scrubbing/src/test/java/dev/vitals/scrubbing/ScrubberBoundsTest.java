package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberBoundsTest {
    /** Counts how often a character is read: the work, whatever the machine. */
    private static final class Counted implements CharSequence {
        private final String text;
        private long reads;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            reads++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            reads += end - start;
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

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
        long once = reads(piece, 20_000);
        long fourTimes = reads(piece, 80_000);

        assertThat(once).isLessThan(20_000 * 20L);
        assertThat(fourTimes).isLessThan(once * 4 + once / 2 + 1_000);
    }

    private static long reads(String piece, int length) {
        Counted text = new Counted(piece.repeat(length / piece.length() + 1).substring(0, length));
        Pass.scrub(text, false, Rules.STANDARD);
        return text.reads;
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
