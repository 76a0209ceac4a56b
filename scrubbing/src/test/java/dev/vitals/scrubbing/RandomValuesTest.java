package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RandomValuesTest {
    private static final String VALUES = """
            token qT7mZ2xK9vB4nR8w expired ⇒ token [redacted] expired
            the secret is "qT7mZ2xK9vB4nR8w". ⇒ the secret is "[redacted]".
            password was qT7mZ2xK9vB4nR8wL ⇒ password was [redacted]
            Unseal Key 2: 0uZm+7RRDyqiqIxUn7/eD3MqQ6KHJczm4QL9Tz92S ⇒ Unseal Key 2: [redacted]
            --api-key 7f3a9c51e8b2d6470f1e2d3c4b5a6978 -s x ⇒ --api-key [redacted] -s x
            api key 7f3a9c51e8b2d6470f1e2d3c4b5a6978, next ⇒ api key [redacted], next
            env('ACME_API_KEY', 'wbUs1TVu6Bbcf5fLfO2kQx') ⇒ env('ACME_API_KEY', '[redacted]')
            "API_KEY", '"951bd382ec9cfff29d68634761ee6f19"' ⇒ "API_KEY", '"[redacted]"'
            -Password VNware1! x ⇒ -Password [redacted] x
            deploy --password hunter22 --force ⇒ deploy --password [redacted] --force
            --password hunter2 --user x ⇒ --password [redacted] --user x
            mysql --password hunter2 ⇒ mysql --password [redacted]
            --token abcdef123 ⇒ --token [redacted]
            --password 'hunter2' ⇒ --password '[redacted]'
            --password "hunter 2" x ⇒ --password "[redacted]" x
            x --api-key abc, --secret x1 ⇒ x --api-key [redacted], --secret [redacted]
            --db-password  a/b:c ⇒ --db-password  [redacted]
            --secret-key a ⇒ --secret-key [redacted]
            The password is 'Sekret987' ⇒ The password is '[redacted]'
            passphrase "Zx81!aqw" ⇒ passphrase "[redacted]"
            credentials {⏎    password 'passwort'⏎} ⇒ credentials {⏎    password '[redacted]'⏎}
            access token acme_gd1c4edb60cf82b8_a80aabf5f685834b1979278 ⇒ access token [redacted]
            tokens qT7mZ2xK9vB4nR8w: expired ⇒ tokens [redacted]: expired
            TOKENS qT7mZ2xK9vB4nR8w.. ⇒ TOKENS [redacted]..
            SECRET qT7mZ2xK9vB4nR8w ⇒ SECRET [redacted]
            userToken qT7mZ2xK9vB4nR8w ⇒ userToken [redacted]
            apitoken qT7mZ2xK9vB4nR8w ⇒ apitoken [redacted]
            PASSWORD 'Abcd1234' ⇒ PASSWORD '[redacted]'
            api_key qT7mZ2xK9vB4nR8w ⇒ api_key [redacted]
            api.key qT7mZ2xK9vB4nR8w, api-key qT7mZ2xK9vB4nR8w ⇒ api.key [redacted], api-key [redacted]
            "token"qT7mZ2xK9vB4nR8w x ⇒ "token"[redacted] x
            token 'qT7mZ2xK9vB4nR8w cut ⇒ token '[redacted] cut
            token "qT7mZ2xK9vB4nR8w\\n ⇒ token "[redacted]\\n
            token eyJhbGciOiJIUzI1NiJ9 ⇒ token [redacted]
            token LONG x ⇒ token [redacted] x
            token "LONG" x ⇒ token "[redacted]" x
            password 'Hunter!!' or 'Hunter@x' ⇒ password '[redacted]' or 'Hunter@x'
            -Password hunter!! x ⇒ -Password [redacted] x
            -Password VNware1!(x ⇒ -Password [redacted](x
            password 'passwort' ⇒ password '[redacted]'
              password 'passwort'⏎x ⇒   password '[redacted]'⏎x
            """.replace("LONG", "qT7mZ2xK9vB4nR8w".repeat(12));

    private static final String COMMANDS = """
            curl -u ann:hunter22 https://h/x ⇒ curl -u ann:[redacted] https://h/x
            curl -s --user 'ann:hunter22' https://h/x ⇒ curl -s --user 'ann:[redacted]' https://h/x
            curl https://h/x \\⏎-u ann:hunter22 ⇒ curl https://h/x \\⏎-u ann:[redacted]
            docker login -u ann -p hunter22 h ⇒ docker login -u ann -p [redacted] h
            psexec \\\\10.1.2.3 -u Ann -p hunter22 cmd ⇒ psexec \\\\10.1.2.3 -u Ann -p [redacted] cmd
            sshpass -p 'hunter22' ssh h ⇒ sshpass -p '[redacted]' ssh h
            machine h login ann password hunter22 ⇒ machine h login ann password [redacted]
            machine h⏎  login ann⏎  password hunter22 ⇒ machine h⏎  login ann⏎  password [redacted]
            """;

    private static final String HARMLESS = """
            token expired, Token bucket, token refresh failed
            password policy com.acme.security.PasswordPolicyV2Impl
            the secret of life, secret santa, top secret
            password reset for user 4711 requested at 2026-11-21T07:15:47.123Z
            token 123e4567-e89b-12d3-a456-426614174000 seen
            secret /run/secrets/db-password-2026/v12 mounted
            token com.acme.token.RefreshTokenService2Impl
            Unexpected token refreshTokenForUserService at line 12
            token count 1234567890123456
            cache key 7f3a9c51e8b2d6470f1e2d3c4b5a6978 missing
            partition key user-4711-2026-11-21
            primary key violation on orders_2026_11_pkey
            token-refresher-7d9f8b6c5d-x2x4z started
            thread token http-nio-8080-exec-10 stopped
            password 'must not be empty'
            missing password 'spring.datasource.password'
            { "keystore.password", "Ziel-Keystore-Kennwort" },
            --password is required, --password option, --password <value>, --password $PASSWORD, --password ${x}
            --password --user x, --password - , --password | cat, --token and --secret or --api-key from file
            --token must be set, --password for the user, --token not in file, --secret missing.
            --password [redacted] --token [token], --no-password hunter2, x-token hunter2, --token ***
            --password-file /run/secrets/x1y2z3
            monkey qT7mZ2xK9vB4nR8w
            tokenizer qT7mZ2xK9vB4nR8w
            secretary qT7mZ2xK9vB4nR8w
            commit 7f3a9c51e8b2d6470f1e2d3c4b5a6978d0c1b2a3
            docker run -u 1000:1000 -p 8080:8080 app
            ssh -p 2222 host, mkdir -p build/out, ps -u root
            docker run -p 8443:8443 app
            curl -u ann https://h/x
            login failed password wrong
            token [redacted] secret [token] password '[redacted]'
            curl -u ann:[redacted] x
            ecret qT7mZ2xK9vB4nR8w
            key qT7mZ2xK9vB4nR8w
            betoken qT7mZ2xK9vB4nR8w, BETOKEN qT7mZ2xK9vB4nR8w
            secret 'Abcd1234', SECRET 'Abcd1234'
            password ,,,,,,,,,,
            password ''        '
            "password"       '
            password 'Abcd1234
            "password"Abcd1234" x
            I forgot my password
            password ...........
            password 'Abc/d123', 'x' password 'com.Acme1', password 'Abc1:xyz', password 'Abc1(xyz)'
            password 'Abc1{xyz', password 'Abc1<xyz', password 'Abc1=xyz'
            password 'passwort' x
            x password 'passwort'
            deploy-Password VNware1x
            -Password VNware/1
            -Password: VNware1!
            """;

    private final Scrubber scrubber =
            Scrubber.builder().only(Kind.HIGH_ENTROPY, Kind.CREDENTIALS).build();

    static Stream<Arguments> values() {
        return Stream.concat(TextTable.changes(VALUES), TextTable.changes(COMMANDS));
    }

    static Stream<String> harmless() {
        return TextTable.lines(HARMLESS);
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesThatLookRandomAreFoundBesideASensitiveWord(String text, String expected) {
        assertThat(scrubber.scrub(text)).isEqualTo(expected);
        assertThat(Pass.find(text, scrubber.rules())).isNotNull(); // not in a copy, behind whose end one may read
        assertThat(scrubber.scrub(expected)).isSameAs(expected);
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void wordsPathsNamesAndDatesStay(String text) {
        assertThat(scrubber.scrub(text)).isSameAs(text);
        assertThat(Pass.find(text, scrubber.rules())).isNull();
    }

    @Test
    void whatHasAFormOfItsOwnIsCalledByIt() {
        Scrubber standard = Scrubber.standard();

        assertThat(standard.scrub("token ghp_" + "a1B2c3D4e5".repeat(4) + " x")).isEqualTo("token [token] x");
        assertThat(standard.scrub("token eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.a x"))
                .isEqualTo("token [jwt] x");
        assertThat(standard.scrub("token xhp_" + "a1B2c3D4e5".repeat(4) + " x")).isEqualTo("token [redacted] x");
    }
}
