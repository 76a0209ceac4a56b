package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Counts how often characters are read in texts that are nothing but triggers. */
class TokenBoundsTest {
    private static final List<String> MORE = List.of(
            "a@",
            "@a.",
            "a.a@a.",
            "a@a@a.bc",
            "\"a a\"@",
            "1.2.3.",
            "1.2.3.4-",
            "version 1.2.3.4 ",
            "a:b:1.2.3.4 ",
            "00-",
            "00-1a-",
            "1a:",
            "1:2:",
            "::",
            "fe80::",
            "::ffff:1.2.3.",
            "-----BEGIN A-----\nP: x\n",
            "-----BEGIN A-----\naaaaaaaaaaaaaaaaaaaa\n",
            "C:\\Users\\a b c ",
            "token 'a1B",
            "password a1b2c3d4e5f6g7h8 ");

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
            throw new AssertionError("copied");
        }

        @Override
        public String toString() {
            throw new AssertionError("copied");
        }
    }

    static Stream<String> storms() {
        Stream<String> triggers = Stream.of(
                        VendorTokens.literals(),
                        Pems.literals(),
                        HomeDirectories.literals(),
                        RandomValues.literals(),
                        CommandLines.literals())
                .flatMap(List::stream)
                .map(Literal::text);
        return Stream.concat(triggers, MORE.stream()).flatMap(text -> Stream.of(text, text + "-a"));
    }

    @ParameterizedTest
    @MethodSource("storms")
    void workGrowsWithTheTextAndNoFaster(String piece) {
        long once = reads(piece, 3_000);
        long fourTimes = reads(piece, 12_000);

        assertThat(once).isLessThan(3_000 * 64L);
        assertThat(fourTimes).isLessThan(once * 4 + once / 2 + 1_000);
    }

    private static long reads(String piece, int length) {
        Counted text = new Counted(piece.repeat(length / piece.length() + 1).substring(0, length));
        Pass.find(text, Rules.STANDARD);
        return text.reads;
    }
}
