package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The first example on the page says what really comes out. */
class PageTest {
    private static final Pattern CALL =
            Pattern.compile("scrubber\\.(\\w+)\\((\"(?:[^\"\\\\]|\\\\.)*\")(?:, (\".*\"))?\\);\\s+// (.*)");

    static Stream<Arguments> calls() throws IOException {
        return Files.readAllLines(Path.of("../docs/scrubbing.md")).stream()
                .map(CALL::matcher)
                .filter(Matcher::matches)
                .map(Matcher::toMatchResult)
                .map(call -> Arguments.of(call.group(1), literal(call, 2), literal(call, 3), call.group(4)));
    }

    private static String literal(MatchResult call, int group) {
        String literal = Objects.requireNonNullElse(call.group(group), "\"\"");
        return literal.substring(1, literal.length() - 1).translateEscapes();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void whatThePageShowsIsSo(String method, String text, String value, String shown) {
        Scrubber scrubber = Scrubber.standard();
        Object result =
                switch (method) {
                    case "scrub" -> scrubber.scrub(text);
                    case "scrubUrl" -> scrubber.scrubUrl(text);
                    case "scrubJson" -> scrubber.scrubJson(text);
                    case "scrubSql" -> scrubber.scrubSql(text);
                    case "scrubValue" -> scrubber.scrubValue(text, value);
                    case "isSensitiveKey" -> scrubber.isSensitiveKey(text);
                    case "find" -> scrubber.find(text);
                    default -> "no such method: " + method;
                };

        assertThat(result).hasToString(shown);
    }

    @Test
    void thePageNamesEveryKindAndEveryMethod() throws IOException {
        String page = Files.readString(Path.of("../docs/scrubbing.md"));

        assertThat(calls()).hasSize(8);
        assertThat(page)
                .contains(List.of("scrubHeaders", "scrubLines", "longestText", "unscrubbable()", "pseudonym", "mask"));
        assertThat(Scrubber.kinds()).allSatisfy(kind -> assertThat(page).containsIgnoringCase(shown(kind.name())));
    }

    private static String shown(String kind) {
        return kind.matches("(us|uk|ca|es|it|br|in|cn)-.*") ? kind.substring(3).replace('-', ' ') : kind;
    }
}
