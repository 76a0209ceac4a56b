package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ElementsTest {
    private static final String TABLE = """
            <password>hunter2</password> ⇒ <password>[redacted]</password>
            <ns:apiKey>hunter2</ns:apiKey> ⇒ <ns:apiKey>[redacted]</ns:apiKey>
            <a><Password type="PasswordText">⏎ hun ter2 ⏎</Password ></a> ⇒ <a><Password type="PasswordText">⏎ [redacted] ⏎</Password ></a>
            <db.password>a&amp;b</db.password> ⇒ <db.password>[redacted]</db.password>
            <password><![CDATA[hun<ter>2]]></password> ⇒ <password><![CDATA[[redacted]]]></password>
            <password>hun bob@acme.dev ter2</password> ⇒ <password>[redacted]</password>
            {"a":"<token>hunter2<\\/token>"} ⇒ {"a":"<token>[redacted]<\\/token>"}
            <token>a1</token><b>c</b><secret>d</secret> ⇒ <token>[redacted]</token><b>c</b><secret>[redacted]</secret>
            """;

    private static final String HARMLESS = """
            <user>bob</user><a href="/x">Reset your password</a>
            <passwordPolicy>8 letters</passwordPolicy><tokenType>opaque</tokenType>
            <password></password><password/><credentials><user>bob</user> </credentials>
            <password>${db.password}</password><password>[redacted]</password><password>****</password>
            <password><![CDATA[]]></password>
            hunter2</password>
            <a><![CDATA[x]]></a>]]></password>
            a/password </password
            </password> ]]></password>
            """;

    static Stream<Arguments> elements() {
        return TextTable.changes(TABLE);
    }

    static Stream<String> harmless() {
        return TextTable.lines(HARMLESS);
    }

    @ParameterizedTest
    @MethodSource("elements")
    void theTextOfASensitiveElementIsASecret(String xml, String expected) {
        assertThat(Scrubber.standard().scrub(xml)).isEqualTo(expected);
        assertThat(Scrubber.standard().scrub(expected)).isEqualTo(expected);
        assertThat(Scrubber.standard().scrub("a ".repeat(300) + xml)).isEqualTo("a ".repeat(300) + expected);
        assertThat(Scrubber.builder().only(Kind.EMAIL).build().scrub(xml)).doesNotContain("[redacted]");
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void anotherTextIsNone(String xml) {
        assertThat(Scrubber.standard().scrub(xml)).isSameAs(xml);
    }

    @Test
    void theNamesOfAnApplicationCount() {
        Scrubber own =
                Scrubber.builder().sensitiveKeys("door").ordinaryKeys("token").build();

        assertThat(own.scrub("<door>4 7</door><x:token>a</x:token>"))
                .isEqualTo("<door>[redacted]</door><x:token>a</x:token>");
    }
}
