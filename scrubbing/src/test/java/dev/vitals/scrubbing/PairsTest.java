package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PairsTest {
    private static final String BOTH = """
            {"key":"password","value":"hunter2"} ⇒ {"key":"password","value":"[redacted]"}
            [{"Name": "apiKey",⏎  "Value": "hunter2"}] ⇒ [{"Name": "apiKey",⏎  "Value": "[redacted]"}]
            {"id":1,"name":"DB_PASSWORD","value":"hunter2","b":1} ⇒ {"id":1,"name":"DB_PASSWORD","value":"[redacted]","b":1}
            {"header":"Authorization","value":"Basic hunter2"} ⇒ {"header":"Authorization","value":"[redacted]"}
            {"property":"a.password" , "value" : "hunter2"} ⇒ {"property":"a.password" , "value" : "[redacted]"}
            """;

    private static final String TEXTS = """
            {\\"key\\":\\"password\\",\\"value\\":\\"hunter2\\"} ⇒ {\\"key\\":\\"password\\",\\"value\\":\\"[redacted]\\"}
            {'key': 'password', 'value': 'hunter2'} ⇒ {'key': 'password', 'value': '[redacted]'}
            <Item key="password" value="hunter2"/> ⇒ <Item key="password" value="[redacted]"/>
            <property name='db.password'⏎  value='hunter2'> ⇒ <property name='db.password'⏎  value='[redacted]'>
            Entry{key='password', value='hunter2'} ⇒ Entry{key='password', value='[redacted]'}
            name="token"; value="hunter2" ⇒ name="token"; value="[redacted]"
            name="token" value=hunter2 b=1 ⇒ name="token" value=[redacted] b=1
            """;

    private static final String JSON = """
            {"key":"pass\\u0077ord","value":"hunter2"} ⇒ {"key":"pass\\u0077ord","value":"[redacted]"}
            {"key":"password","value":12,"b":1} ⇒ {"key":"password","value":"[redacted]","b":1}
            {"key":"password","value":{"a":["hunter2"]},"b":1} ⇒ {"key":"password","value":"[redacted]","b":1}
            {"key":"password","value":null} ⇒ {"key":"password","value":null}
            {"a":"{\\"key\\":\\"password\\",\\"value\\":\\"x\\"}"} ⇒ {"a":"{\\"key\\":\\"password\\",\\"value\\":\\"[redacted]\\"}"}
            """;

    private static final String HARMLESS = """
            {"key":"colour","value":"red"} {"key":"tokenType","value":"red"}
            {"key":"a","value":"red"}
            {"key":"password","b":1,"value":"red"}
            [{"key":"password"},{"value":"red"}]
            {"a":{"key":"password"},"value":"red"}
            {"monkey":"password","value":"red"}
            {"label":"password","value":"red"}
            {"key":"password","label":"red"}
            {"key":"col\\u006fur","value":"red"}
            value":"red"
            {"key":"password","values":"red"}
            <a key="password" values="red"/><a key="password"/><a value="red"/>
            the name "password", value: red
            {"key":"password","value":"[redacted]"}
            {"key":"password","value":""}
            "value":"red"
            value="red"
            ,"value":"red"
            password", value="red"
            """;

    private final Scrubber scrubber = Scrubber.standard();

    static Stream<Arguments> both() {
        return TextTable.changes(BOTH);
    }

    static Stream<Arguments> texts() {
        return TextTable.changes(TEXTS);
    }

    static Stream<Arguments> json() {
        return TextTable.changes(JSON);
    }

    static Stream<String> harmless() {
        return TextTable.lines(HARMLESS);
    }

    @ParameterizedTest
    @MethodSource({"both", "texts"})
    void theEntryBeforeNamesTheValueInText(String text, String expected) {
        assertThat(scrubber.scrub(text)).isEqualTo(expected);
        assertThat(scrubber.scrub(expected)).isEqualTo(expected);
        assertThat(scrubber.scrub("a ".repeat(300) + text)).isEqualTo("a ".repeat(300) + expected);
    }

    @ParameterizedTest
    @MethodSource({"both", "json"})
    void theEntryBeforeNamesTheValueInJson(String json, String expected) {
        assertThat(scrubber.scrubJson(json)).isEqualTo(expected);
        assertThat(scrubber.scrubJson(expected)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void anotherEntryNamesNothing(String text) {
        assertThat(scrubber.scrub(text)).isSameAs(text);
        assertThat(scrubber.scrubJson(text)).isEqualTo(text);
        assertThat(Scrubber.builder().without(Kind.SECRET).build().scrub(BOTH)).isSameAs(BOTH);
    }
}
