package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    @ParameterizedTest
    @MethodSource("whatAJvmPrints")
    void whatAJvmPrintsHasNoNumberThatIsPrivate(String line) {
        assertThat(NumberCases.find(line, Kind.ALL)).isEmpty();
    }

    static Stream<String> whatAJvmPrints() {
        return """
                2026-11-21 21:35:44,123 INFO  [http-nio-8080-exec-12] com.acme.OrderService - Order 4711 stored in 35 ms
                2026-11-21T21:35:44.123456789Z DEBUG 1234 --- [pool-3-thread-7] o.s.w.s.DispatcherServlet : Completed 200 OK
                20261121T213544.123+0000 1732224944 1732224944123 1732224944123456 1732224944123456789
                21/Nov/2026:21:35:44 +0000] "GET /orders/1234567890 HTTP/1.1" 200 1234567 "-" "curl/8.5.0" 0.012
                java.lang.Object@4b1c1ea0 [Ljava.lang.String;@12345678
                \tat java.base@25/java.lang.Thread.run(Thread.java:1474)
                \tat jdk.internal.reflect.GeneratedMethodAccessor1234567.invoke(Unknown Source)
                \tat com.acme.Foo$$Lambda$14/0x0000000800066840.run(Unknown Source) ~[app-1.2.3.4-SNAPSHOT.jar:?]
                uuid 123e4567-e89b-12d3-a456-426614174000 41111111-1111-4111-8111-411111111111
                traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
                sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824 crc 3735928559
                Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.109 Safari/537.36
                GC(1234) Pause Young (Normal) (G1 Evacuation Pause) 1024M->512M(4096M) 12.345ms
                heap 1 234 567 890 bytes, 1,234,567,890 bytes, 1_234_567_890L, 0x7fffffff, 1.7976931348623157E308
                offset=1234567890123 partition=12 lag=0 timeout 5000 range bytes=0-1048575/146515
                127.0.0.1:8080 10.0.0.1 192.168.100.200 fe80::1 255.255.255.255
                order 1234567890123456 invoice 2026-000123 ticket 123456789 job 12345678901234
                -XX:MaxHeapSize=4294967296 -Xmx4096m pid=123456 tid=0x00007f9c8c0b7000 nid=0x1a2b
                scheduled 12:30 - 13:45 on 21.11.2026, 11/21/2026, 2026.11.21, 2026/11/21, 20261121
                serialVersionUID = -1234567890123456789L, 4539148803436467L, 12345678901L
                call 12 of 30 contacts 1234567 reached in 12.345 ms; office-365 cells 12345678
                openjdk version "25.0.1" 2025-10-21 build 25.0.1+8-LTS 17.0.15+6-Debian-1deb12u1
                id=1541815603606036480 snowflake=1130692544991232000 ean 4006381333931 isbn 978-3-16-148410-0
                [phone] [card] [us-ssn] [iban] [ca-sin] [br-cpf] [email] 1 [redacted] 2
                """.lines();
    }

    @Test
    void whatIsSwitchedOffIsNotFoundAndTheRestStillIs() {
        String card = "phone 415-555-2671 card 4111111111111111 ssn 512-44-3187";
        long noCards = Kind.ALL & ~(1L << Kind.CARD.id());
        long noPhones = Kind.ALL & ~(1L << Kind.PHONE.id());

        assertThat(NumberCases.find(card, noCards)).containsExactly("phone 415-555-2671", "us-ssn 512-44-3187");
        assertThat(NumberCases.find(card, noPhones)).containsExactly("card 4111111111111111", "us-ssn 512-44-3187");
        assertThat(NumberCases.find(card, 0)).isEmpty();
    }

    @Test
    void whatTheDigitsCouldBeAsWellIsTriedWhenAKindIsLeftOut() {
        String text = "phone: 130-692-544";

        assertThat(NumberCases.find(text, Kind.ALL)).containsExactly("ca-sin 130-692-544");
        assertThat(NumberCases.find(text, Kind.ALL & ~(1L << Kind.CA_SIN.id()))).containsExactly("phone 130-692-544");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456",
                "1 2",
                "1 (",
                "1(2",
                "1 / 2",
                "1:2",
                "1/2",
                "1\u00a02",
                "1-2",
                "100-(",
                "12-a",
                "a-1b",
                "a12",
                "1a",
                "-12",
                "(1)",
                "+44)",
                "+1.x",
                "B1.x",
                "1.(",
                "1.123456",
                "1.2.34",
                "1.2.3.4",
                "1.2 3",
                "1.2-(",
                "1.2/3",
                "1.2)",
                "a.1 2"
            })
    void whatMayBeginAnythingIsLookedAt(String text) {
        assertThat(mayBegin(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345", "1 x", "1 /2", "1:x", "1/x", "1-x", "100-a", "a1", "ab1 x", "-1", "-12x", "-123", "[1)", "1.x",
                "1.2", "1.2.3", "1.2.3,4", "1.12345", "1.2 x", "1.2-x", "1.2:3"
            })
    void mostNumbersAreRefusedAtAGlance(String text) {
        assertThat(mayBegin(text)).isFalse();
    }

    @Test
    void inDottedGroupsOnlyTheFirstNumberBeginsAnything() {
        assertThat(Numbers.mayBegin("4.10.2.3.4", 2)).isFalse();
        assertThat(Numbers.mayBegin("v.10.2.3.4", 2)).isTrue();
    }

    private static boolean mayBegin(String text) {
        int at = 0;
        while (!Character.isDigit(text.charAt(at))) {
            at++;
        }
        return Numbers.mayBegin(text, at);
    }

    @Test
    void aGlanceRefusesNothingThatIsFound() {
        OwnCases.all().forEach(one -> assertLookedAt(one.text()));
        Random random = new Random(20261122);
        String[] before = {"", "tel ", "+", "(+", "(", "%2B", "tel-", "tel.", "x", "ssn ", "ip=", "1.", "0"};
        String[] between = {".", "-", " ", "/", " / ", "(", " (", "-(", ".(", "\u00a0", ":"};
        for (int i = 0; i < 30_000; i++) {
            StringBuilder text = new StringBuilder(before[random.nextInt(before.length)]);
            String next = text.indexOf("(") < 0 ? "" : ")";
            String usual = between[random.nextInt(between.length)];
            int radix = random.nextInt(8) == 0 ? 16 : 10;
            int longest = radix == 16 ? 2 : 1 + random.nextInt(5);
            for (int groups = 2 + random.nextInt(5); groups > 0; groups--) {
                for (int digits = 1 + random.nextInt(longest); digits > 0; digits--) {
                    text.append(Character.forDigit(random.nextInt(radix), radix));
                }
                text.append(next).append(random.nextInt(4) > 0 ? usual : between[random.nextInt(between.length)]);
                next = "";
            }
            assertLookedAt(text.toString());
        }
    }

    private static void assertLookedAt(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Digits.isDigit(text.charAt(at)) && !Digits.isDigit(Digits.at(text, at - 1))) {
                boolean found = Numbers.atDigit(text, at, 0, Kind.ALL) != Found.NONE
                        || Addresses.atDigit(text, at, 0, Kind.ALL) != Found.NONE;
                if (found && !Numbers.mayBegin(text, at)) {
                    throw new AssertionError(text + " at " + at);
                }
            }
        }
    }

    @Test
    void nothingBeginsBeforeTheEndOfTheFindingBefore() {
        String[] texts = {
            "+14155552671",
            "(415) 555-2671",
            "GB29NWBK60161331926819",
            "AB123456C",
            "%2B14155552671",
            "(+44) 20 7946 0958"
        };
        for (String text : texts) {
            for (int at = 1; at < text.length(); at++) {
                if (Character.isDigit(text.charAt(at)) && !Character.isDigit(text.charAt(at - 1))) {
                    long found = Numbers.atDigit(text, at, at, Kind.ALL);
                    assertThat(found == Found.NONE || Found.start(found) >= at)
                            .as(text)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "12 ",
                "1-",
                "1.",
                "123 ",
                "1234 ",
                "1234-",
                "12345678 ",
                "4111 1111 1111 1112 ",
                "+1 ",
                "+49 30 ",
                "(415) ",
                "GB29 ",
                "GB29NWBK",
                "AB 12 34 56 ",
                "phone 12 ",
                "phone 1234567 ",
                "phone:",
                "1a",
                "a1",
                "\n1",
                "0044 ",
                "card 1234",
                "电话1 ",
                "1\u00a0",
                "x1x",
                "%2B1",
                "\\n1"
            })
    void theWorkIsBoundedAtEveryTriggerWhateverTheText(String unit) {
        String text = unit.repeat(400 / unit.length() + 1);
        int reads = 0;
        int back = 0;
        int ahead = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                CountedText counted = new CountedText(text);
                Numbers.atDigit(counted, at, 0, Kind.ALL);
                reads = Math.max(reads, counted.reads);
                back = Math.max(back, at - counted.lowest);
                ahead = Math.max(ahead, counted.highest - at);
            }
        }
        assertThat(reads).isLessThan(2_000);
        assertThat(back).isLessThan(70);
        assertThat(ahead).isLessThan(128);
    }

    @Test
    void noTextMakesItThrow() {
        Random random = new Random(20261121);
        String alphabet = "0123456789012345678901234567890123456789 -./()+:,%_@xXABGZ\n\\电话phone\ud83d";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(60);
            while (text.length() < length) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(NumberCases.find(text, Kind.ALL)).isNotNull(); // it checks the offsets
        }
    }

    /** Counts what is read of a text, and how far from the trigger. */
    private static final class CountedText implements CharSequence {
        private final String text;
        private int reads;
        private int lowest = Integer.MAX_VALUE;
        private int highest;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            reads++;
            lowest = Math.min(lowest, index);
            highest = Math.max(highest, index);
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            throw new UnsupportedOperationException("a verifier allocates nothing");
        }

        @Override
        public String toString() {
            throw new UnsupportedOperationException("a verifier allocates nothing");
        }
    }
}
