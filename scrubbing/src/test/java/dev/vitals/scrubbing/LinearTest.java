package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That no text takes longer than its length: for each detector and each trigger the texts that would show it. */
class LinearTest {
    private static final int LENGTH = 2_048;

    /** How often a character may be read, the average of a text made for it. */
    private static final int READS = 100;

    private static final List<String> PIECES = List.of(
            // Email addresses
            "a.a.a.",
            "a@a@",
            "a@a.",
            "a@",
            "@",
            ".@",
            "a@b.c",
            "a@b.c@",
            "\"a\"@",
            "a+a@-",
            "é@é.",
            "x@" + "a".repeat(70) + ".",
            // Digits
            "1",
            "12",
            "1-",
            "1 ",
            "1.",
            "1/",
            "1:",
            "1,",
            "12-",
            "12.",
            "123-45-",
            "123 45 ",
            "123.456.789-",
            "4111 ",
            "4111-",
            "4111",
            "4111111111111112 ",
            "4111111111111112-",
            "4111 1111 1111 1112 ",
            "(",
            "(1",
            "(555) ",
            "(555)",
            "+",
            "++",
            "+1",
            "+1 ",
            "+1-",
            "+49 30 ",
            "+44 (0)20 ",
            "phone 1 ",
            "tel: ",
            "tel:1-",
            "ssn 1 ",
            "GB29",
            "GB29 ",
            "GB29 NWBK ",
            "DE89 3704 ",
            "DE89370400440532013001",
            "AB 12 ",
            "AB123456",
            "RSSMRA85T10A562X",
            "X1234567",
            "12345678A ",
            "1".repeat(30) + " ",
            // Addresses of machines
            "10.",
            "10.1.2.",
            "10.1.2.3.",
            "256.256.",
            "127.0.0.1 ",
            "1.2.3.4:",
            ":",
            "::",
            ":::",
            ":a:",
            "a:",
            "a::",
            "1:2:",
            "fe80::",
            "ab:cd:",
            "ab-cd-",
            "00:11:22:33:44:",
            "0a1b2c3d",
            "2001:db8:",
            "[::",
            "::ffff:1.",
            // URLs, names and values
            "://",
            "a://",
            "a://b@",
            "a://b:c@",
            "a://b:c",
            "http://a:b/",
            "http://a:b/@",
            "=",
            "a=",
            "a==",
            "?a=&",
            "\"value\":",
            "\"key\":\"value\",",
            "\"key\":\"a\" , \"value\" : ",
            " value=",
            ",value=\"",
            "key=\"a\" value=",
            "</password>",
            "<password>a</",
            "a</password",
            "]]></password>",
            "<![CDATA[</token>",
            "password",
            "password=",
            "password=\"",
            "password='",
            "password: ",
            "password=[",
            "password=A(",
            "password=A[ ",
            "password={",
            "password=(",
            "password=<",
            "password=$",
            "password=${",
            "password: \n",
            "dbPassword[",
            "[password]",
            "secret ",
            "token ",
            "api key ",
            "api ",
            "key ",
            "secret is ",
            "secret 0aB1cD2e",
            "token=0aB1 ",
            "Bearer ",
            "Bearer a",
            "Basic ",
            "Basic YTpi",
            "authorization: ",
            "cookie: a=",
            "set-cookie: a=\"",
            // JSON
            "{",
            "[",
            "\"",
            "\"a\":",
            "{\"a\":",
            "{\"password\":[",
            "{\"password\":{",
            "{\"a\":\"{",
            "{\"a\":\"{\\\"a\\\":",
            "\\",
            "\\\"",
            "\\\\\"",
            "\\\\\\\"",
            "\\u0061",
            "\\n",
            // Tokens
            "eyJ",
            "eyJeyJ",
            "eyJ.",
            "eyJa.",
            "eyJa.eyJb",
            "eyJa.eyJb.",
            "eyJ-",
            ".eyJ",
            "-",
            "-----",
            "-----BEGIN",
            "-----BEGIN ",
            "-----BEGIN A-----",
            "-----BEGIN PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\n",
            "-----END ",
            "a: -----BEGIN A-----\n",
            "a: b\n-----BEGIN A-----\na: ",
            "/home/",
            "/home/a",
            "/home/a/",
            "/home//",
            "/Users/",
            "C:\\Users\\",
            "C:\\\\Users\\\\",
            // Characters
            "\ud83d",
            "\ude00",
            "\ud83d\ude00",
            "é",
            "\u0000",
            "\uffff",
            "\n",
            "\t",
            " ",
            "%",
            "%40",
            "a%40",
            "a%40a.",
            "a%2B",
            "%3Da%40a.bc",
            "&sig=",
            "sig=a",
            "sig=",
            "PWD=",
            "PWD= ",
            "password=${a",
            "password={{",
            "sonar.login=a",
            "%5B",
            "[redacted]",
            "[email]",
            "[email",
            "[",
            "]",
            // All of it
            "a@b.c 1.2.3.4 4111 password=x eyJ. :a: /home/ ghp_ ");

    static Stream<String> pieces() {
        Stream<String> literals = Stream.of(
                        VendorTokens.literals(),
                        Pems.literals(),
                        HomeDirectories.literals(),
                        RandomValues.literals(),
                        CommandLines.literals())
                .flatMap(List::stream)
                .map(Literal::text)
                .distinct()
                .flatMap(
                        text -> Stream.of(text, text + " ", text + "a", text + "-", text + "A1b2C3d4E5f6G7h8I9j0K1l2"));
        return Stream.concat(PIECES.stream(), literals);
    }

    @Test
    void workGrowsWithTheTextAndNoFaster() {
        assertThat(pieces().filter(LinearTest::isSlow).toList()).isEmpty();
    }

    @Test
    void noMixtureOfThemIsWorse() {
        List<String> all = pieces().toList();
        Random random = new Random(6);

        assertThat(Stream.generate(() ->
                                random.ints(4, 0, all.size()).mapToObj(all::get).collect(Collectors.joining()))
                        .limit(150)
                        .filter(LinearTest::isSlow)
                        .toList())
                .isEmpty();
    }

    // The host behind the last @ is that of every beginning of a URL before it.
    @Test
    void aUrlIsNoWorseWhereItsUserInfoStays() {
        Rules rules = new Rules(
                new Triggers(List.of()),
                Kind.ALL & ~(1L << Kind.CREDENTIALS.id()),
                List.of(),
                Keys.STANDARD,
                Set.of(),
                Map.of(),
                Rules.LONGEST);

        assertThat(CountedText.reads(oneHost(LENGTH), rules)).isLessThan((long) LENGTH * READS);
        assertThat(CountedText.reads(oneHost(8 * LENGTH), rules)).isLessThan(8L * LENGTH * READS);
    }

    private static String oneHost(int length) {
        return "a://u:p/".repeat(length / 16) + "@" + "h".repeat(length / 2);
    }

    // What is left may be copied once or twice, by how the text happens to end.
    private static boolean isSlow(String piece) {
        long once = CountedText.reads(piece, LENGTH);
        long fourTimes = CountedText.reads(piece, 4 * LENGTH);
        return once > (long) LENGTH * READS || fourTimes > once * 4 + once / 2 + 4 * LENGTH;
    }
}
