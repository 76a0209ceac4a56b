package dev.vitals.scrubbing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.CharBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScrubValueTest {
    private final Scrubber scrubber = Scrubber.builder().build();

    @Test
    void aTreeIsCopiedWithoutItsSecrets() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("user", "bob");
        tree.put("dbPassword", "hunter2");
        tree.put("credentials", Map.of("a", "hunter2"));
        tree.put("urls", new String[] {"https://u:hunter2@h", "https://h"});
        tree.put("list", List.of(Map.of("apiKey", 42), Set.of("token=hunter2")));
        tree.put("password=hunter2", 1);
        tree.put("chars", "secret=hunter2".toCharArray());
        tree.put("bytes", new byte[] {1, 2});
        tree.put("ints", new int[] {1, 2});

        assertThat(scrubber.scrubValue("details", tree))
                .hasToString("{user=bob, dbPassword=[redacted], credentials=[redacted],"
                        + " urls=[https://[redacted]@h, https://h], list=[{apiKey=[redacted]}, [token=[redacted]]],"
                        + " password=[redacted]=[redacted], chars=secret=[redacted], bytes=[2 bytes], ints=[1, 2]}");
        assertThat(tree).containsEntry("dbPassword", "hunter2");
    }

    @Test
    void numbersBooleansAndNullStayAndTheRestBecomesText() {
        assertThat(scrubber.scrubValue("n", 42)).isEqualTo(42);
        assertThat(scrubber.scrubValue("n", new BigDecimal("1.50"))).isEqualTo(new BigDecimal("1.50"));
        assertThat(scrubber.scrubValue("b", true)).isEqualTo(true);
        assertThat(scrubber.scrubValue("b", null)).isNull();
        assertThat(scrubber.scrubValue("hasPassword", true)).isEqualTo(true);
        assertThat(scrubber.scrubValue("password", 42)).isEqualTo("[redacted]");
        assertThat(scrubber.scrubValue("d", LocalDate.of(2026, 11, 21))).isEqualTo("2026-11-21");
        assertThat(scrubber.scrubValue("o", CharBuffer.wrap("password=hunter2")))
                .isEqualTo("password=[redacted]");
    }

    @Test
    void theDigitsOfAWholeNumberMayBePrivate() {
        BigInteger huge = BigInteger.ONE.shiftLeft(1_000_000);
        assertThat(scrubber.scrubValue("card", 4111111111111111L)).isEqualTo("[card]");
        assertThat(scrubber.scrubValue("n", BigInteger.valueOf(4111111111111111L)))
                .isEqualTo("[card]");
        assertThat(scrubber.scrubValue("n", BigDecimal.valueOf(4111111111111111L)))
                .isEqualTo("[card]");
        assertThat(scrubber.scrubValue("phone", 491701234567L)).isEqualTo("[phone]");
        assertThat(scrubber.scrubValue("n", new long[] {1, 4111111111111111L})).isEqualTo(List.of(1L, "[card]"));
        assertThat(scrubber.scrubValue("n", 4111111111111112L)).isEqualTo(4111111111111112L);
        assertThat(scrubber.scrubValue("n", huge)).isSameAs(huge);
        BigDecimal amount = new BigDecimal("4111111111111111.00");
        assertThat(scrubber.scrubValue("n", amount)).isSameAs(amount);
    }

    @Test
    void aSecretsReplacementIsAskedOnlyForWhatIsText() {
        Scrubber own = Scrubber.builder()
                .replace(Kind.SECRET, (kind, found) -> "of " + found.length())
                .build();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("password", "hunter2");
        tree.put("token", 42);
        tree.put("secret", List.of("hunter2"));

        assertThat(own.scrubValue("t", tree)).hasToString("{password=of 7, token=of 2, secret=[redacted]}");
    }

    @Test
    void keysThatComeOutAsOneLabelKeepAllTheirValues() {
        Map<Object, Object> tree = new LinkedHashMap<>();
        tree.put("[email]#2", 1);
        tree.put("a@acme.dev", 2);
        tree.put("b@acme.dev", 3);
        tree.put("c@acme.dev", 4);
        tree.put(1, 5);
        tree.put("1", 6);

        assertThat(scrubber.scrubValue("t", tree))
                .hasToString("{[email]#2=1, [email]=2, [email]#3=3, [email]#4=4, 1=5, 1#2=6}");
    }

    @Test
    void aTreeKeepsItsSecretsWhereTheyAreNotLookedFor() {
        Scrubber without = Scrubber.builder().without(Kind.SECRET).build();

        assertThat(without.scrubValue("t", Map.of("password", "hunter2"))).hasToString("{password=hunter2}");
        assertThat(without.scrubValue("password", 42)).isEqualTo(42);
    }

    private record Login(String user, String password) {}

    @Test
    void whatHasAFormOfItsOwnIsReadByIt() throws IOException {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("phones", List.of("0431 199794"));
        tree.put("phone", "0431 199794");
        tree.put("count", "0431 199794");
        tree.put("uri", URI.create("/x?sig=hunter2"));
        tree.put("relative", URI.create("//u:hunter2@h/x"));
        tree.put("url", new URL("https", "h", "/a b?sig=hunter2"));
        tree.put("flags", Arrays.asList(true, null));
        tree.put("some", Optional.of(Map.of("password", "hunter2")));
        tree.put("none", Optional.empty());
        tree.put("login", new Login("bob", "hunter2"));
        tree.put("entry", Map.entry("password", "hunter2"));
        tree.put("text", CharBuffer.wrap("password=hunter2"));
        tree.put("error", new IllegalStateException("password=hunter2"));

        assertThat(scrubber.scrubValue("t", tree))
                .hasToString("{phones=[[phone]], phone=[phone], count=0431 199794, uri=/x?sig=[redacted],"
                        + " relative=//[redacted]@h/x, url=https://h/a b?sig=[redacted], flags=[true, null],"
                        + " some={password=[redacted]}, none=null, login=Login[user=bob, password=[redacted]],"
                        + " entry=password=[redacted], text=password=[redacted],"
                        + " error=java.lang.IllegalStateException: password=[redacted]}");
    }

    @Test
    void depthAndEntriesAreBounded() {
        Object deep = "bottom";
        Object optional = "bottom";
        for (int i = 0; i < 10_000; i++) {
            optional = Optional.of(optional);
            deep = i % 2 == 0 ? Map.of("m", deep) : new Object[] {deep};
        }
        List<?> wide = IntStream.range(0, 10_000).boxed().toList();
        Map<Integer, Integer> wideMap = new HashMap<>();
        wide.forEach(i -> wideMap.put((Integer) i, 1));

        assertThat(scrubber.scrubValue("d", deep)).hasToString("[{m=".repeat(4) + "[cut]" + "}]".repeat(4));
        assertThat(scrubber.scrubValue("d", Map.of("m", deep)))
                .hasToString("{m=[".repeat(4) + "[cut]" + "]}".repeat(4));
        assertThat(scrubber.scrubValue("d", optional)).isEqualTo("[cut]");
        assertThat((List<?>) scrubber.scrubValue("w", wide)).hasSize(257).last().isEqualTo("[cut]");
        assertThat((List<?>) scrubber.scrubValue("w", new int[10_000]))
                .hasSize(257)
                .last()
                .isEqualTo("[cut]");
        assertThat((Map<?, ?>) scrubber.scrubValue("w", wideMap)).hasSize(257);
    }

    @Test
    void aTreeThatHoldsItselfManyTimesEnds() {
        List<Object> list = new ArrayList<>();
        Object[] array = new Object[256];
        Map<Integer, Object> map = new HashMap<>();
        for (int i = 0; i < 256; i++) {
            list.add(list);
            array[i] = array;
            map.put(i, map);
        }

        // In each that is open at the end, one more says that it is cut.
        assertThat(Stream.of(list, array, map).map(tree -> nodes(scrubber.scrubValue("c", tree))))
                .containsOnly(1 + Trees.TOTAL + Trees.DEPTH);
    }

    private static int nodes(@Nullable Object tree) {
        Collection<?> inside =
                tree instanceof Map<?, ?> map ? map.values() : tree instanceof List<?> list ? list : List.of();
        return 1 + inside.stream().mapToInt(ScrubValueTest::nodes).sum();
    }

    @Test
    void whatCannotBeReadIsReplacedAndCounted() {
        Object hostile = new Object() {
            @Override
            public String toString() {
                throw new StackOverflowError("password=hunter2");
            }
        };
        Map<Object, Object> tree = new LinkedHashMap<>();
        tree.put("a", hostile);
        tree.put(hostile, "hunter2");
        tree.put("b", Arrays.asList(1, hostile));

        assertThat(scrubber.scrubValue("h", tree))
                .hasToString("{a=[unscrubbable], [unscrubbable]=[unscrubbable], b=[1, [unscrubbable]]}");
        assertThat(scrubber.unscrubbable()).isEqualTo(3);
    }

    @Test
    void aNumberOfForeignMakeIsTextLikeAnyOther() {
        Number foreign = new Number() {
            @Override
            public int intValue() {
                return 0;
            }

            @Override
            public long longValue() {
                return 0;
            }

            @Override
            public float floatValue() {
                return 0;
            }

            @Override
            public double doubleValue() {
                return 0;
            }

            @Override
            public String toString() {
                return "password=hunter2";
            }
        };

        assertThat(scrubber.scrubValue("n", foreign)).isEqualTo("password=[redacted]");
    }

    @Test
    void whatGoesWrongInsideNeverLetsTheOriginalOut() {
        Scrubber broken = Scrubber.builder()
                .detector(Kind.of("broken"), "pa", window -> {
                    throw new IllegalStateException("broken");
                })
                .build();

        assertThat(broken.scrub("password=hunter2")).isEqualTo("[unscrubbable]");
        assertThat(broken.scrubUrl("/x?password=hunter2")).isEqualTo("[unscrubbable]");
        assertThat(broken.find("password=hunter2")).containsExactly(new Finding(Kind.SECRET, 0, 16));
        assertThat(broken.scrub("password=hunter2".getBytes(UTF_8))).isEqualTo("[unscrubbable]".getBytes(UTF_8));
        assertThat(broken.scrubValue("user", "pa hunter2")).isEqualTo("[unscrubbable]");
        assertThat(broken.unscrubbable()).isEqualTo(5);
    }
}
