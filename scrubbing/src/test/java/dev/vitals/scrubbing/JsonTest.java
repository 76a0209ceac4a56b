package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final String CANARY = "hunter2";

    // EMP-123456 stands for all that is known by its form, 4111.. for a number that is private.
    private final Scrubber scrubber = Scrubber.builder()
            .detector(Kind.of("employee"), "EMP-", text -> text.length() < 10 ? 0 : 10)
            .detector(Kind.CARD, "4111", text -> text.length() < 16 ? 0 : 16)
            .build();

    /** In each line JSON, and what must be left of it. */
    private static final String TABLE = """
            {"password":"hunter2","user":"bob"} ⇒ {"password":"[redacted]","user":"bob"}
            { "password" :\t"hun\\"ter2\\\\" , "a" : 1.50e+3 } ⇒ { "password" :\t"[redacted]" , "a" : 1.50e+3 }
            {"a":"EMP-123456 ~ 😀 \ud83d x \ude00"} ⇒ {"a":"[employee] ~ 😀 \\ud83d x \\ude00"}
            {"a":"\ude00 EMP-123456 \ud83d"} ⇒ {"a":"\\ude00 [employee] \\ud83d"}
            {"a":"EMP\\u002D123456 ~ \\u0000"} ⇒ {"a":"[employee] ~ \\u0000"}
            {"a":"EMP-123456 \\u00zz"} ⇒ {"a":"[employee] \\\\u00zz"}
            ["phone","0431 199794",] ⇒ ["phone","[phone]",]
            ["phone","0431 199794" ⇒ ["phone","[phone]"
            "phone" "0431 199794" ⇒ "phone" "[phone]"
            {"a":["phone","0431 199794"],"b":} ⇒ {"a":["phone","[phone]"],"b":}
            ["phone","0431 199794",1e+5x] ⇒ ["phone","[phone]",1e+5x]
            ["phone","0431 199794",-] ⇒ ["phone","[phone]",-]
            {"a":["phone","0431 199794"],"password":"hun⏎ter2"} ⇒ {"a":["phone","[phone]"],"password":"[redacted]"}
            {"password":"hunter2⏎hunter3 ⇒ {"password":"[redacted]"
            {"a":[redacted],"pass\\u0077ord":"hunter2"} ⇒ {"a":[redacted],"pass\\u0077ord":"[redacted]"}
            {"a":"x\\⏎{"pass\\u0077ord":"hunter2"} ⇒ {"a":"x\\⏎{"pass\\u0077ord":"[redacted]"}
            {"phone":491701234567} ⇒ {"phone":"[phone]"}
            {"password":12345678} ⇒ {"password":"[redacted]"}
            {"password":-1.5e3,"a":-1.5e3} ⇒ {"password":"[redacted]","a":-1.5e3}
            {"secret":{"a":["}",{"b":"]"}]},"b":[]} ⇒ {"secret":"[redacted]","b":[]}
            {"tokens":["hunter2",["x"]],"b":{}} ⇒ {"tokens":"[redacted]","b":{}}
            [{"a":{"token":[]}},{"token":{}}] ⇒ [{"a":{"token":"[redacted]"}},{"token":"[redacted]"}]
            {"pass\\u0077ord":"hunter2"} ⇒ {"pass\\u0077ord":"[redacted]"}
            {"pass\\u0077ord":hunter2,"a":"EMP-123456"} ⇒ {"pass\\u0077ord":"[redacted]","a":"[employee]"}
            {"my api key":"hunter2"} ⇒ {"my api key":"[redacted]"}
            {"user[password]":"hunter2"} ⇒ {"user[password]":"[redacted]"}
            {"password":"none","token":"-"} ⇒ {"password":"[redacted]","token":"[redacted]"}
            {"a":"EMP-123456"} ⇒ {"a":"[employee]"}
            {"a":"x \\u0045MP-123456 \\/ y"} ⇒ {"a":"x [employee] \\/ y"}
            {"a":"EMP\\u002D123456 \\u003cb\\u003e \\u00e4"} ⇒ {"a":"[employee] \\u003cb\\u003e \\u00e4"}
            {"a":"EMP-123456 <\\/script>\\n\\t\\"q\\" ä"} ⇒ {"a":"[employee] <\\/script>\\n\\t\\"q\\" ä"}
            {"a":"EMP-123456 \\ud83d\\ude00 \\ud83d \\u0001"} ⇒ {"a":"[employee] \\ud83d\\ude00 \\ud83d \\u0001"}
            {"a":"EMP-123456","b":"\\u0041\\/"} ⇒ {"a":"[employee]","b":"\\u0041\\/"}
            {"EMP-123456":1,"\\u0045MP-123456":2} ⇒ {"[employee]":1,"[employee]":2}
            {"a":4111111111111111,"b":4.0} ⇒ {"a":"[card]","b":4.0}
            [1,4111111111111111] ⇒ [1,"[card]"]
            4111111111111111 ⇒ "[card]"
            "EMP-123456" ⇒ "[employee]"
            {"url":"https://u:hunter2@h/x"} ⇒ {"url":"https://[redacted]@h/x"}
            {"url":"https:\\/\\/u:hunter2@h\\/x"} ⇒ {"url":"https:\\/\\/[redacted]@h\\/x"}
            {"a":"password=hunter2"} ⇒ {"a":"password=[redacted]"}
            {"a":"password=\\u0068unter2\\nb"} ⇒ {"a":"password=[redacted]\\nb"}
            {"a":"{\\"password\\":\\"hun ter2\\",\\"b\\":[1]}"} ⇒ {"a":"{\\"password\\":\\"[redacted]\\",\\"b\\":[1]}"}
            {"a":"  [{\\"password\\": 12}]"} ⇒ {"a":"  [{\\"password\\": \\"[redacted]\\"}]"}
            {"a":"[main] password=hunter2"} ⇒ {"a":"[main] password=[redacted]"}
            {"phone":"0431 199794","b":1} ⇒ {"phone":"[phone]","b":1}
            {"pho\\u006ee":"0431 199794","b":1} ⇒ {"pho\\u006ee":"[phone]","b":1}
            {"phone":"0431\\u0020199794","b":"0431 199794"} ⇒ {"phone":"[phone]","b":"0431 199794"}
            {"phone":["\\u0030431 199794"],"b":["\\u0030431 199794"]} ⇒ {"phone":["[phone]"],"b":["\\u0030431 199794"]}
            {"a":1}{"password":"hunter2"} ⇒ {"a":1}{"password":"[redacted]"}
            password=hunter2 ⇒ password=[redacted]
            INFO {"password":"hunter2"} ⇒ INFO {"password":"[redacted]"}
            4111111111111111 paid ⇒ [card] paid
            4111111111111111 4111111111111111 ⇒ [card] [card]
            {"a":tru,"password":"hunter2"} ⇒ {"a":tru,"password":"[redacted]"}
            {"a":1,} {"b":01} [1 2] {'c':'d'} NaN ⇒ {"a":1,} {"b":01} [1 2] {'c':'d'} NaN
            {"secret":{"a":"x","b":hunter2},"c":"hi"} ⇒ {"secret":"[redacted]","c":"hi"}
            {"secret":{"a":"hunter2 ⇒ {"secret":"[redacted]"
            {"secret":["hunter2", ⇒ {"secret":"[redacted]"
            {"token":oops,"pass\\u0077ord":"hunter2"} ⇒ {"token":"[redacted]","pass\\u0077ord":"[redacted]"}
            {"secret":{"a":oops},"pass\\u0077ord":"hunter2"} ⇒ {"secret":"[redacted]","pass\\u0077ord":"[redacted]"}
            {"password" : \t{"a":"hunter2"}} ⇒ {"password" : \t"[redacted]"}
            {"api, key":"hunter2","id":"x"} ⇒ {"api, key":"[redacted]","id":"x"}
            {"the token (new)":"none"} ⇒ {"the token (new)":"[redacted]"}
            {"passwords":[1,2],"to_ken":3} ⇒ {"passwords":"[redacted]","to_ken":"[redacted]"}
            {"Bearer":"none","B_earer":"none"} ⇒ {"Bearer":"[redacted]","B_earer":"[redacted]"}
            {"a":":://h","b"://u:hunter2@h/} ⇒ {"a":":://h","b"://[redacted]@h/}
            {"a":"\\u0045MP-123456 and cut ⇒ {"a":"[employee] and cut
            {"a":"x","\\u0045MP-123456 ⇒ {"a":"x","[employee]
            {"a":"\\u0045MP-123456\\u00 ⇒ {"a":"[employee]\\\\u00
            {"a":"\\u0045MP-123456","b" ⇒ {"a":"[employee]","b"
            """;

    static Stream<Arguments> table() {
        return TextTable.changes(TABLE);
    }

    @ParameterizedTest
    @MethodSource("table")
    void whatIsPrivateIsReplacedAndAllElseStays(String json, String expected) {
        String once = scrubber.scrubJson(json);

        assertThat(once).isEqualTo(expected);
        assertThat(scrubber.scrubJson(once)).isEqualTo(once);
        assertThat(scrubber.unscrubbable()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "-0.0",
                "\"\"",
                "{}",
                "[ ]",
                "\ufeff{\"a\": 1}",
                "{\"password\":null,\"token\":\"\",\"secret\":true,\"apiKey\":false}",
                "{\"password\":\"[redacted]\",\"a\":\"[email] [email:k3x9q2m7ab]\"}",
                "{\r\n\t\"a\" : [ 1 , 2.50 , -3E-2 , \"b\\n\\u00e9\\/\" , { } ]\r\n}\r\n",
                "{\"a\":1}\n\n{\"b\":[\"x\"]}\n",
                "{\"a\":\"[1,2\",\"b\":\"{\",\"c\":\"\\\\\"}",
                "{\"a\":\"\\u0020\"}",
                "[\"phone\",\"0431 199794\",1e5,1E+5,1.5e-3,1]",
                "[\"phone\"][\"0431 199794\"]",
                "{\"phone\":oops\n[\"0431 199794\"]",
                "{\"a\":",
                "]}",
                "\"",
                "\"\\"
            })
    void whereNothingIsPrivateTheSameInstanceComesBack(String json) {
        assertThat(scrubber.scrubJson(json)).isSameAs(json);
    }

    @Test
    void namesThatAnApplicationAddsAreSensitiveWhateverTheirForm() {
        Scrubber own = Scrubber.builder().sensitiveKeys("badge").build();

        assertThat(own.scrubJson("{\"badge\":[7],\"my-badge\" : \"none\",\"id\":7}"))
                .isEqualTo("{\"badge\":\"[redacted]\",\"my-badge\" : \"[redacted]\",\"id\":7}");
    }

    @Test
    void whatAnApplicationAllowsHidesNoNameBehindIt() {
        Scrubber own = Scrubber.builder().allow("jane@acme.com").build();

        assertThat(own.scrubJson("{\"a\":\"jane@acme.com\",\"password\":[7]}"))
                .isEqualTo("{\"a\":\"jane@acme.com\",\"password\":\"[redacted]\"}");
    }

    @Test
    void whereSecretsAreNotLookedForSensitiveNamesAreNoneAtAll() {
        String json = "{\"password\":[7],\"token\":\"hunter2\"}";

        assertThat(Scrubber.builder().without(Kind.SECRET).build().scrubJson(json))
                .isSameAs(json);
    }

    @Test
    void aStringThatCannotBeScrubbedIsReplacedAlone() {
        Scrubber broken = Scrubber.builder()
                .detector(Kind.of("broken"), "pa", window -> {
                    throw new IllegalStateException("broken");
                })
                .build();

        assertThat(broken.scrubJson("{\"a\":\"pa\",\"b\":\"x\"}")).isEqualTo("{\"a\":\"[unscrubbable]\",\"b\":\"x\"}");
    }

    @Test
    void theNameOfAValueIsItsContext() {
        assertThat(Named.scrub("password", "hunter2", Scrubber.standard())).isEqualTo("[redacted]");
        assertThat(Named.scrub("", "hunter2", Scrubber.standard())).isEqualTo("hunter2");
        assertThat(Named.scrub("x".repeat(65) + "password", "hunter2", Scrubber.standard()))
                .isEqualTo("hunter2");
    }

    @Test
    void stringsInStringsAreJsonToAFixedDepth() {
        for (int depth = 0; depth <= 8; depth++) {
            String json = "{\"pass\\u0077ord\":\"" + CANARY + "\"}";
            for (int i = 0; i < depth; i++) {
                json = "{\"a\":\"" + json.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
            }
            if (depth <= Json.STRINGS) {
                assertThat(scrubber.scrubJson(json)).as("depth %s", depth).doesNotContain(CANARY);
            } else {
                assertThat(scrubber.scrubJson(json)).as("depth %s", depth).contains("a\\", CANARY);
            }
        }
    }

    @Test
    void cutOffAnywhereTheSecretDoesNotSurvive() {
        String json = """
                {"id": 7, "password": "hunter2", "list": [1, {"token": ["x", "hunter2"]}],
                 "body": "{\\"apiKey\\":\\"hunter2\\",\\"note\\":\\"password=hunter2\\"}",
                 "pass\\u0077ord": "hunter2", "secret": {"deep": {"a": "hunter2"}}}
                {"password":"hunter2","cookie":"a=hunter2"}
                """;
        for (int end = 0; end <= json.length(); end++) {
            String cut = json.substring(0, end);
            assertThat(scrubber.scrubJson(cut)).as(cut).doesNotContain(CANARY);
        }
        assertThat(scrubber.scrubJson(json).lines()).hasSize(4);
        assertThat(scrubber.unscrubbable()).isZero();
    }

    @Test
    void aBrokenLineOfJsonLinesSpoilsNoOther() {
        String lines = "{\"a\":\"x}\n{\"pass\\u0077ord\":\"hunter2\"}\n{\"b\":oops}\r\n{\"c\":\"\\u0045MP-123456\"}";

        assertThat(scrubber.scrubJson(lines))
                .isEqualTo("{\"a\":\"x}\n{\"pass\\u0077ord\":\"[redacted]\"}\n{\"b\":oops}\r\n{\"c\":\"[employee]\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"password\":[", "\"\\", "\\\"", "\"a\"\n", "{\"token\":{\n", "[1,", "}"})
    void depthAndLengthDoNotFail(String piece) {
        String json = piece.repeat(1_000_000 / piece.length());

        assertThat(scrubber.scrubJson(json)).isNotEmpty();
        assertThat(scrubber.unscrubbable()).isZero();
    }

    @Test
    void whateverTheTextNothingFailsAndTwiceChangesNothing() {
        String[] pieces = {
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "\\",
            "\\u0045",
            "\n",
            " ",
            "password",
            " EMP-123456 ",
            "hunter2",
            "1",
            "null",
            "-",
            " 4111111111111111 ",
            "{\\\"",
            "\"a\":",
            "\"password\":",
            "[redacted]",
            "e1",
            "."
        };
        Random random = new Random(7);
        for (int i = 0; i < 15_000; i++) {
            StringBuilder json = new StringBuilder(random.nextBoolean() ? "{\"a\":" : "");
            for (int length = random.nextInt(14); length > 0; length--) {
                json.append(pieces[random.nextInt(pieces.length)]);
            }
            String once = scrubber.scrubJson(json.toString());
            assertThat(once).as("of <%s>", json).doesNotContain("EMP-123456");
            assertThat(scrubber.scrubJson(once)).as("of <%s>", json).isEqualTo(once);
        }
        assertThat(scrubber.unscrubbable()).isZero();
    }
}
