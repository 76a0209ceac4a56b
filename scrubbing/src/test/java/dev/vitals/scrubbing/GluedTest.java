package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each word stands alone, and inside a longer text that goes on with what would make it another. */
class GluedTest {
    private static final String BEFORE = "x".repeat(40);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dbsecret",
                "ACCESSTOKEN",
                "mypwd",
                "MyApiKey",
                "dbcredentials",
                "mypasswd",
                "MYPASSWD",
                "dbpassword1",
                "mypassphrase",
                "mypasswordless",
                "passwordlesz",
                "mypasswordxx"
            })
    void secretsGoByTheirEndOrByAPart(String word) {
        for (String behind : new String[] {"", "x", " less"}) {
            assertThat(Glued.isSecret(word + behind, 0, word.length())).isTrue();
            assertThat(Glued.isSecret(BEFORE + word + behind, 40, 40 + word.length()))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "token",
                "pwd",
                "apikey",
                "credentials",
                "passwordless",
                "mypassw",
                "mypass",
                "secrets",
                "pxxxxxx"
            })
    void wholeWordsAndOthersDoNot(String word) {
        for (String behind : new String[] {"", "ord", "wd", "secret"}) {
            assertThat(Glued.isSecret(word + behind, 0, word.length())).isFalse();
            assertThat(Glued.isSecret(BEFORE + word + behind, 40, 40 + word.length()))
                    .isFalse();
        }
    }
}
