package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedUrlsTest {
    private static final String PRIVATE = """
            /p?card=4111%201111%201111%201111 ⇒ /p?card=[card]
            /p?card=4111+1111+1111+1111&x=1 ⇒ /p?card=[card]&x=1
            https://x.org/p?iban=DE89+3704+0044+0532+0130+00#a ⇒ https://x.org/p?iban=[iban]#a
            /p?redirect=https%3A%2F%2Fx.org%2F%3Ftoken%3Dhunter2 ⇒ /p?redirect=https%3A%2F%2Fx.org%2F%3Ftoken%3D[redacted]
            /p?next=%2Fp%3Fcard%3D4111%25201111%25201111%25201111 ⇒ /p?next=%2Fp%3Fcard%3D[card]
            /p?body=%7B%22password%22%3A%22hunter2%22%7D ⇒ /p?body=%7B%22password%22%3A%22[redacted]%22%7D
            /p?phone=0170%201234567 ⇒ /p?phone=[phone]
            /p#phone=0170+1234567 ⇒ /p#phone=[phone]
            /phone/0170%201234567/x ⇒ /phone/[phone]/x
            /p/4111%201111%201111%201111?a=b ⇒ /p/[card]?a=b
            /p?q=caf%C3%A9+card+4111+1111+1111+1111 ⇒ /p?q=caf%C3%A9%20card%20[card]
            /p?q=50%zz+4111+1111+1111+1111 ⇒ /p?q=50%25zz%20[card]
            /p?pass%77ord=hunter2&a=b ⇒ /p?pass%77ord=[redacted]&a=b
            /p?password=hunter+2%20x&a=b ⇒ /p?password=[redacted]&a=b
            https://u:p%20w@h/p?card=4111+1111+1111+1111 ⇒ https://[redacted]@h/p?card=[card]
            %34111111111111111 ⇒ [card]
            +?card=4111+1111+1111+1111 ⇒ +?card=[card]
            https://u:p%40w.org@h/x ⇒ https://[redacted]@h/x
            //u:p%40w.org@h/x ⇒ //[redacted]@h/x
            a//4111%201111%201111%201111 ⇒ a//[card]
            https://h?card=4111+1111+1111+1111 ⇒ https://h?card=[card]
            https://h#card=4111+1111+1111+1111 ⇒ https://h#card=[card]
            /p?to=%2Fx%3Fauth%3Dhunter2 ⇒ /p?to=%2Fx%3Fauth%3D[redacted]
            /p?to=x%3A%2F%2Fh%3Fauth%3Dhunter2 ⇒ /p?to=x%3A%2F%2Fh%3Fauth%3D[redacted]
            /p?body=%7B%22%5Cu0070assword%22%3A%22hunter2%22%7D ⇒ /p?body=%7B%22%5Cu0070assword%22%3A%22[redacted]%22%7D
            /LONG/p?phone=0170+1234567 ⇒ /LONG/p?phone=[phone]
            /p?%70hone=0170+1234567 ⇒ /p?%70hone=[phone]
            /p?q=4111+1111+1111+1111%41 ⇒ /p?q=4111+1111+1111+1111%41
            /p?q=%F0%9F%98%80+4111+1111+1111+1111 ⇒ /p?q=%F0%9F%98%80%20[card]
            """.replace("LONG", "abcdefgh".repeat(9));

    private final Scrubber scrubber = Scrubber.builder().build();

    static Stream<Arguments> hidden() {
        return TextTable.changes(PRIVATE);
    }

    @MethodSource("hidden")
    @ParameterizedTest
    void whatHidesUnderAnEncodingIsReplaced(String url, String expected) {
        String once = scrubber.scrubUrl(url);

        assertThat(once).isEqualTo(expected);
        assertThat(scrubber.scrubUrl(once)).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/p?q=a%20b+c",
                "/p?q=100%&r=%zz&s=%C3&t=%",
                "/p?from=2026-11-21T21%3A35%3A44%2B0200",
                "/password/reset%20it",
                "https://x.org:80/a%2Fb/c+d?e#f%20g",
                "/p?body=%7B%22a%22%3A1%7D",
                "/p?card=[card]&q=%20[email]",
                "/p?%70assword=[redacted]&%70assword=",
                "%",
                "+",
                "//%20",
                "?=%20=%20"
            })
    void aUrlWithNothingPrivateIsTheSameInstance(String url) {
        assertThat(scrubber.scrubUrl(url)).isSameAs(url);
    }

    @Test
    void inATextANumberBeginsBehindTheEscapeBeforeIt() {
        assertThat(scrubber.scrub("GET /p?phone=%2001701234567 x")).isEqualTo("GET /p?phone=%20[phone] x");
        assertThat(scrubber.scrub("GET /p?phone=0170%201234567 x")).isEqualTo("GET /p?phone=0170%20[phone] x");
        assertThat(scrubber.scrub("a=%204111111111111111")).isEqualTo("a=%20[card]");
        assertThat(scrubber.scrub("phone=a%201234")).isEqualTo("phone=a%201234");
    }

    @Test
    void scrubbingTwiceChangesNothing() {
        String[] pieces = {
            "?",
            "&",
            "=",
            "#",
            "/",
            "%20",
            "+",
            "%2B",
            "%25",
            "%5B",
            "%5D",
            "%3D",
            "%3A",
            "%2F",
            "%7B",
            "%22",
            "%40",
            "%C3%A9",
            "%C3",
            "%",
            "card",
            "phone",
            "token",
            "password",
            "x",
            "4111111111111111",
            "0170",
            "1234567",
            "49",
            "DE89370400440532013000",
            "a@b.org",
            "[redacted]",
            "://",
            "https",
            "\ud83d",
            ":"
        };
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder url = new StringBuilder(i % 2 == 0 ? "/p?q=" : "");
            for (int length = 1 + random.nextInt(12); length > 0; length--) {
                url.append(pieces[random.nextInt(pieces.length)]);
            }
            String once = scrubber.scrubUrl(url.toString());
            assertThat(scrubber.scrubUrl(once)).as("of <%s>", url).isEqualTo(once);
        }
        assertThat(scrubber.unscrubbable()).isZero();
    }
}
