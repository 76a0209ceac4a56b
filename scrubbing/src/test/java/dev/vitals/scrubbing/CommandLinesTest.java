package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Passwords behind commands and options, at the edges. */
class CommandLinesTest {
    private static final String LONG = "qT7mZ2xK9vB4nR8w".repeat(12);

    private static final String SECRETS = """
            curl -u ann:LONG x ⇒ curl -u ann:[redacted] x
            curl -u ann:abcd ⇒ curl -u ann:[redacted]
            curl -u ann:ab:d https://h/x ⇒ curl -u ann:[redacted] https://h/x
            CURL --user ann:hunter22 ⇒ CURL --user ann:[redacted]
            curl -u "ann:hunter22\\" x ⇒ curl -u "ann:[redacted]\\" x
            podman login -u ann -p 'abcd' ⇒ podman login -u ann -p '[redacted]'
            login -p LONG ⇒ login -p [redacted]
            sonar.login='LONG' ⇒ sonar.login='[redacted]'
            sonar.login=abcd ⇒ sonar.login=[redacted]
            machine h login a password abcd ⇒ machine h login a password [redacted]
            machine h login annann-annann-annann-annann password LONG x ⇒ machine h login annann-annann-annann-annann password [redacted] x
            machine h⏎login ann⏎      password hunter22⏎machine i login bob password hunter33 ⇒ machine h⏎login ann⏎      password [redacted]⏎machine i login bob password [redacted]
            --password LONG x ⇒ --password [redacted] x
            --password "LONG" x ⇒ --password "[redacted]" x
            --password "hunter 2 ⇒ --password "[redacted] 2
            --password "hunter⏎2" ⇒ --password "[redacted]⏎2"
            --password          a ⇒ --password          [redacted]
            --password a.,;:)]}> x ⇒ --password [redacted].,;:)]}> x
            --passwd a\\nb ⇒ --passwd [redacted]\\nb
            --passphrase a'b ⇒ --passphrase [redacted]'b
            --my-very-long-secret a ⇒ --my-very-long-secret [redacted]
            --apikey a,--no-x --token b ⇒ --apikey [redacted] --token [redacted]
            --non-token a ⇒ --non-token [redacted]
            """.replace("LONG", LONG);

    private static final String HARMLESS = """
            curl -u ann:abc https://h/x
            curl -u :hunter22 https://h/x
            curl x-u ann:hunter22
            curl -u ann: https://h/x
            curl -u ann
            curl -u ann:$PASSWORD -u ann:%PASSWORD% -u ann:{{x.y}} -u ann:<password> -u ann:-abcd -u ann:****
            -u ann:hunter22 curl
            curl -V⏎wget -u ann:hunter22
            curl -V⏎-u ann:hunter22
            curl -V and so on, over and over, and over, and over, and over, and over, and over, and over, and over -u ann:hunter22
            docker -p hunter22, mkdir -p hunter22
            login -p abc
            login -p\s
            login -u\s
            logx-p hunter22
            login-p hunter22
            curl --user\s
            sonar.login=abc
            sonar.login=
            sonar.login="
            machine h login ann password abc
            machine h user ann password hunter22
            machine h login  password hunter22
            machine h login             password hunter22
            host h login ann password hunter22
            machine h login annpassword hunter22
            machine h login ann              password hunter22
            machine h login annann-annann-annann-annann-annann-annann password hunter22
            password hunter22, xlogin ann password hunter22
            -password hunter2
            password hunter2
            --password\s
            --password      \s
            --password ,
            --password ''
            --password "
            --password $x --password $(cat x)
            --password option:
            --password [redacted], --password #1 --password (a) --password >x --password &x --password =x
            ---password hunter2
            my--password hunter2
            --my-very-long-name-of-a-secret a
            --no-password x --ask-password x --skip-token x --use-token x --show-token x --prompt-token x
            """;

    private final Scrubber scrubber = Scrubber.builder().only(Kind.CREDENTIALS).build();

    static Stream<Arguments> secrets() {
        return TextTable.changes(SECRETS);
    }

    static Stream<String> harmless() {
        return TextTable.lines(HARMLESS);
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void passwordsAreFoundBehindCommandsAndOptions(String text, String expected) {
        assertThat(scrubber.scrub(text)).isEqualTo(expected);
        assertThat(Pass.find(text, scrubber.rules())).isNotNull(); // not in a copy, behind whose end one may read
        assertThat(scrubber.scrub(expected)).isSameAs(expected);
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void otherCommandsAndOptionsStay(String text) {
        assertThat(scrubber.scrub(text)).isSameAs(text);
        assertThat(Pass.find(text, scrubber.rules())).isNull();
    }
}
