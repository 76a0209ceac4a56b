package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows {@code Bearer} and {@code Basic}, tokens in three parts, and the user of Oracle's URLs. */
class CredentialsTest {
    private static final String SECRETS = """
            sent Bearer hunter ⇒ sent Bearer [redacted]
            Bearer token.Abc ⇒ Bearer [redacted]
            Bearer of-abc ⇒ Bearer [redacted]
            {"a":"Bearer dG9rZW4tMTIzNDU="} ⇒ {"a":"Bearer [redacted]"}
            {"a":"Bearer dG9rZW4tMTIzNDU=","b":1} ⇒ {"a":"Bearer [redacted]","b":1}
            'Bearer dG9rZW4tMTIzNDU=' ⇒ 'Bearer [redacted]'
            {"a":"sent Basic dXNlcjpodW50ZXI="} ⇒ {"a":"sent Basic [redacted]"}
            "Basic dXNlcjpodW50ZXI=" ⇒ "Basic [redacted]"
            sent Basic dXNlcjpodW50. ⇒ sent Basic [redacted]
            Basic YTpi ⇒ Basic [redacted]
            Basic YTpA ⇒ Basic [redacted]
            Basic YWI6 ⇒ Basic [redacted]
            Basic OnB3 ⇒ Basic [redacted]
            Basic QUJBOnh ⇒ Basic [redacted]
            Basic eDpBQUFB ⇒ Basic [redacted]
            Basic QWw6d29y ⇒ Basic [redacted]
            Basic abcdefg0 ⇒ Basic [redacted]
            Basic abcdefg9 ⇒ Basic [redacted]
            Basic abcd/fg9 ⇒ Basic [redacted]
            eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0 x ⇒ [jwt] x
            eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0. x ⇒ [jwt]. x
            eyJAbc.Def.A ⇒ [jwt]
            eyJa.b.c.d.e.f ⇒ [jwt].f
            session-eyJa.b.c ⇒ session-[jwt]
            abcdefghijklmn-eyJa.b.c ⇒ abcdefghijklmn-[jwt]
            access_token_eyJa.b.c ⇒ access_token_[jwt]
            jdbc:oracle:thin:scott/ti/ger@h ⇒ jdbc:oracle:thin:[redacted]@h
            """;

    private final Scrubber scrubber = Scrubber.standard();

    static Stream<Arguments> secrets() {
        return TextTable.changes(SECRETS);
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void secretsAreFoundByTheirForm(String text, String expected) {
        assertThat(scrubber.scrub(text)).isEqualTo(expected);
        assertThat(Pass.find(text, scrubber.rules())).isNotNull(); // not in a copy, behind whose end one may read
        assertThat(scrubber.scrub(expected)).isSameAs(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "send it as Bearer",
                "send it as Basic",
                "send it as Bearer ",
                "send it as Bearer token",
                "Bearer token.",
                "Bearer token. Next",
                "Bearer nonce=\"abc\"",
                "Basic charset=\"UTF-8\"",
                "Basic abcdef0",
                "Basic com.acme.Main0 is",
                "Basic Information",
                "Basic .",
                "jdbc:oracle:thin:scott/tiger",
                "jdbc:oracle:thin:scott/tiger and more",
                "jdbc:oracle:thin:/@db:1521/x",
                "keyJobs.eyJobs.b",
                "abcdefghijklmno-eyJa.b.c",
                "eyJabc",
                "eyJabc.def",
                "eyJabc.def.",
                "eyJabc.ey",
                "eyJabc.exJb",
                "eyJabc.eyKb",
                "eyJabc.xyJb"
            })
    void wordsAndChallengesStay(String text) {
        assertThat(scrubber.scrub(text)).isSameAs(text);
        assertThat(Pass.find(text, scrubber.rules())).isNull();
    }
}
