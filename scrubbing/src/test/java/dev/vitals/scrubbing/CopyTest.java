package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CopyTest {
    @Test
    void aCopySaysWhatItsTextSays() {
        String text = "Grüße an jane@acme.org 😀";
        CharSequence copy = Copy.of(text);

        assertThat(copy).isInstanceOf(Copy.class);
        assertThat(copy.length()).isEqualTo(text.length());
        assertThat(copy.charAt(2)).isEqualTo('ü');
        assertThat(copy.subSequence(9, 13)).hasToString("jane");
        assertThat(copy).hasToString(text);
        Copy.release(copy);
    }

    @Test
    void aShorterTextHasNothingOfALongerOneBehindIt() {
        Copy.release(Copy.of("a text that is longer than the next"));

        CharSequence copy = Copy.of("short");

        assertThat(copy).hasToString("short");
        assertThat(copy.charAt(6)).isEqualTo('\0');
        Copy.release(copy);
    }

    @Test
    void nothingOfATextIsKept() {
        CharSequence copy = Copy.of("hunter2");
        Copy.release(copy);

        assertThat(copy.length()).isZero();
        assertThat(copy.charAt(0)).isEqualTo('\0');
        assertThat(copy.charAt(6)).isEqualTo('\0');
    }

    @Test
    void whereNoArrayIsLeftATextIsReadAsItIs() {
        CharSequence outer = Copy.of("outer");
        String inner = "inner";

        CharSequence read = Copy.of(inner);
        Copy.release(read);

        assertThat(read).isSameAs(inner);
        assertThat(outer).hasToString("outer");
        Copy.release(outer);
        CharSequence again = Copy.of("again");
        assertThat(again).isSameAs(outer);
        Copy.release(again);
    }

    @Test
    void whatIsLongerThanTheArraysIsReadAsItIs() {
        String longest = "x".repeat(Copy.LONGEST);
        CharSequence copy = Copy.of(longest);
        Copy.release(copy);
        String longer = longest + "x";

        assertThat(copy).isInstanceOf(Copy.class);
        assertThat(Copy.of(longer)).isSameAs(longer);
        CharSequence other = CharBuffer.wrap("x");
        assertThat(Copy.of(other)).isSameAs(other);
    }

    @Test
    void anArrayIsGivenBackWhereAVerifierThrows() {
        Scrubber scrubber = Scrubber.builder()
                .detector(Kind.of("own"), "boom", text -> {
                    throw new IllegalStateException("broken");
                })
                .build();

        assertThat(scrubber.scrub("boom")).isEqualTo("[unscrubbable]");

        CharSequence copy = Copy.of("after");
        assertThat(copy).isInstanceOf(Copy.class);
        Copy.release(copy);
    }

    @Test
    void manyThreadsGetEachTheirOwnText() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(64);
        try {
            List<Callable<String>> tasks = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                String text = "order " + i + " of jane" + i + "@acme.org, " + "x".repeat(i % 50);
                tasks.add(() -> Scrubber.standard().scrub(text));
                expected.add("order " + i + " of [email], " + "x".repeat(i % 50));
            }
            List<String> results = new ArrayList<>();
            for (Future<String> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            assertThat(results).isEqualTo(expected);
        } finally {
            threads.shutdownNow();
        }
    }
}
