package dev.vitals.scrubbing;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardsTest {
    // The issuers' own test numbers.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "«4111111111111111»",
                "«4012888888881881»",
                "«5555555555554444»",
                "«5105105105105100»",
                "«2223003122003222»",
                "«378282246310005»",
                "«371449635398431»",
                "«6011111111111117»",
                "«6011000990139424»",
                "«30569309025904»",
                "«38520000023237»",
                "«36227206271667»",
                "«3530111333300000»",
                "«6200000000000005»",
                "«2200000000000004»",
                "«6304000000000000»",
                "card «4222222222222»",
                "card no. «4000000000000000014» of the customer",
                "maestro «501800000009»",
                "my card is «6759649826438453»",
                "charge of 12.50 EUR to «4111111111111111» failed",
                "4711,Jane Doe,«3530111333300000»,12/29",
                "{\"number\":«5555555555554444»,\"expires\":\"12/29\"}",
                "{\"text\":\"line one\\n«4111111111111111»\\nline two\"}",
                "https://pay.example/charge?card=«2223003122003222»&amount=1250",
                "insert into payment values (4711, '«378282246310005»', 1250)",
                "paid with «4111 1111 1111 1111» 12/29",
                "paid with «4111 1111 1111 1111» 123",
                "paid with «4111-1111-1111-1111», thanks",
                "«4111\u00a01111\u00a01111\u00a01111»",
                "(«3782 822463 10005»)",
                "«3056 930902 5904»",
                "card «4111 1111 1111 1111» 2222",
                "What's your credit card? «4012888888881881».",
                "Card-«4111111111111111»",
                "customerCardNumber=«4111111111111111»",
                "card# «4111111111111111»",
                "order 12 «4111 1111 1111 1111»",
                "order xx «4111111111111111»",
                "order 5 «4111111111111111»",
                "card «4222 2222 22222»",
                "maestro «5018 0000 0009»",
                "maestro «6759-6498-2643-8453-011»",
                "card «4111 1111 1111 1111» 22"
            })
    void aCardIsFound(String text) {
        NumberCases.check(Kind.CARD, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111111111111112",
                "41111111111111111",
                "411111111111111",
                "a4111111111111111",
                "4111111111111111a",
                "_4111111111111111",
                "4111111111111111_1",
                "0.4111111111111111",
                "4111111111111111.5",
                "12-4111111111111111",
                "4111111111111111-1",
                "4111111111111111@host.example",
                "$4111111111111111",
                "-4111111111111111",
                "order id 4111111111111111",
                "order no 4111111111111111",
                "order-4111111111111111",
                "orderId=4111111111111111",
                "x-request-id: 4111111111111111",
                "nanoTime 4111111111111111",
                "took 4111111111111111 ns",
                "4222222222222",
                "4000000000000000014",
                "501800000009",
                "6759649826438",
                "card request took 4222222222222 ns",
                "1732224944123456789",
                "1600000000000000000",
                "1732224944123456",
                "1541815603606036480",
                "4111 1111 1111 1111 2222",
                "2222 4111 1111 1111 1111",
                "4e3c 4111 1111 1111 1111 4ee9",
                "4111 1111 11111111",
                "4111.1111.1111.1111",
                "4111 1111 1111 1112",
                "0000000000000000",
                "9999999999999995",
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "41111111-1111-1111-a456-411111111111"
            })
    void noCardIsFound(String text) {
        NumberCases.check(Kind.CARD, text);
    }

    @ParameterizedTest
    @CsvSource({
        "4,16",
        "51,16",
        "52,16",
        "53,16",
        "54,16",
        "55,16",
        "2221,16",
        "2720,16",
        "34,15",
        "37,15",
        "6011,16",
        "644,16",
        "649,16",
        "65,16",
        "300,14",
        "305,14",
        "3095,14",
        "36,14",
        "38,14",
        "39,14",
        "3528,16",
        "3589,16",
        "62,16",
        "2200,16",
        "2204,16",
        "508500,16",
        "606985,16",
        "506699,16",
        "509000,16",
        "627780,16",
        "636297,16",
        "606282,16",
        "97920,16",
        "5018,16",
        "5020,16",
        "5038,16",
        "6304,16",
        "6759,16",
        "6761,16",
        "6763,16"
    })
    void everyIssuersNumbersAreFoundAndNotWithOneDigitChanged(String prefix, int length) {
        Random random = new Random(length * 31L + prefix.hashCode());
        for (int i = 0; i < 20; i++) {
            StringBuilder digits = new StringBuilder(prefix);
            while (digits.length() < length - 1) {
                digits.append((char) ('0' + random.nextInt(10)));
            }
            String card = NumberCases.luhn(digits.toString());
            NumberCases.check(Kind.CARD, "x «" + card + "» y");
            char last = (char) ('0' + (card.charAt(length - 1) - '0' + 1 + random.nextInt(9)) % 10);
            NumberCases.check(Kind.CARD, "x " + card.substring(0, length - 1) + last + " y");
        }
    }

    @Test
    void aNumberThatIsNoIssuersIsNone() {
        for (String prefix : new String[] {"1", "2100", "2721", "31", "3500", "7", "90"}) {
            NumberCases.check(Kind.CARD, "card " + NumberCases.luhn((prefix + "000000000000000").substring(0, 15)));
        }
    }
}
