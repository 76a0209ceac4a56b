package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScrubberBuilderTest {
    private static final Kind EMPLOYEE = Kind.of("employee-number");
    private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N";

    private static int digits(CharSequence window, int from) {
        int end = from;
        while (end < window.length() && Character.isDigit(window.charAt(end))) {
            end++;
        }
        return end == from ? 0 : end;
    }

    @Test
    void kindsAreSwitchedOff() {
        String text = "password=hunter2 Bearer hunter2 " + JWT;

        assertThat(Scrubber.builder().without(Kind.JWT).build().scrub(text))
                .isEqualTo("password=[redacted] Bearer [redacted] " + JWT);
        assertThat(Scrubber.builder().without(Kind.CREDENTIALS).build().scrub(text))
                .isEqualTo("password=[redacted] Bearer hunter2 [jwt]");
        assertThat(Scrubber.builder().only(Kind.CREDENTIALS).build().scrub(text))
                .isEqualTo("password=hunter2 Bearer [redacted] " + JWT);
    }

    @Test
    void whatLooksForNothingIsAMistake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scrubber.builder().only())
                .withMessageContaining("no kind is named");
    }

    @Test
    void anOwnDetectorFindsWhatItsTriggerBegins() {
        Scrubber scrubber = Scrubber.builder()
                .detector(EMPLOYEE, "EMP-", window -> digits(window, 4))
                .build();

        assertThat(scrubber.scrub("EMP-4711 and EMP-x, xEMP-12"))
                .isEqualTo("[employee-number] and EMP-x, x[employee-number]");
        assertThat(scrubber.find("by EMP-4711")).containsExactly(new Finding(EMPLOYEE, 3, 11));
    }

    @Test
    void anOwnDetectorSeesABoundedWindowAndCannotGoBeyondIt() {
        int[] longest = new int[1];
        Scrubber scrubber = Scrubber.builder()
                .detector(EMPLOYEE, "EMP-", window -> {
                    longest[0] = Math.max(longest[0], window.length());
                    return Integer.MAX_VALUE;
                })
                .build();

        assertThat(scrubber.scrub("EMP-" + "x".repeat(1000))).isEqualTo("[employee-number]" + "x".repeat(748));
        assertThat(longest[0]).isEqualTo(256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"p:", "http:", "://"})
    void aTriggerThatUrlsHaveInThemHidesNoUserInfo(String trigger) {
        Scrubber scrubber =
                Scrubber.builder().detector(Kind.of("link"), trigger, text -> 0).build();

        assertThat(scrubber.scrub("at http://ziggy:hunter2@db/")).isEqualTo("at http://[redacted]@db/");
    }

    @Test
    void anOwnDetectorMayFindAUrl() {
        Scrubber scrubber =
                Scrubber.builder().detector(Kind.of("link"), "p:", text -> 13).build();

        assertThat(scrubber.scrub("at http://ziggy:hunter2@db/")).isEqualTo("at htt[link]ter2@db/");
    }

    @Test
    void anOwnDetectorMayFindABuiltInKind() {
        Scrubber scrubber = Scrubber.builder()
                .detector(Kind.TOKEN, "acme_", window -> window.length() >= 8 ? 8 : 0)
                .build();

        assertThat(scrubber.scrub("acme_123")).isEqualTo("[token]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "E", "é-", "a\n"})
    void aTriggerThatCannotBeOneIsRefused(String trigger) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scrubber.builder().detector(EMPLOYEE, trigger, window -> 0))
                .withMessageContaining("at least two printable ASCII characters");
    }

    @Test
    void moreThanThirtyTwoOwnKindsAreRefused() {
        ScrubberBuilder builder = Scrubber.builder();
        for (int i = 0; i < 32; i++) {
            builder.detector(Kind.of("own-" + i), "own-" + i, window -> 5);
        }

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.detector(Kind.of("one-more"), "one", window -> 3))
                .withMessageContaining("one-more");
        assertThat(builder.build().scrub("own-7 own-3")).isEqualTo("[own-7] [own-3]");
    }

    @Test
    void onlyABuiltInKindIsSwitched() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scrubber.builder().without(EMPLOYEE))
                .withMessageContaining("employee-number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "Email", "a b", "-a", "a_b"})
    void aKindNeedsAName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Kind.of(name)).withMessageContaining("employee-number");
    }

    @Test
    void aKindIsWhatItsNameSays() {
        assertThat(Kind.of("email")).isSameAs(Kind.EMAIL);
        assertThat(Kind.of("employee-number")).isEqualTo(EMPLOYEE).hasSameHashCodeAs(EMPLOYEE);
        assertThat(EMPLOYEE.label()).isEqualTo("[employee-number]");
        assertThat(Scrubber.kinds()).contains(Kind.EMAIL, Kind.USER_NAME).doesNotContain(EMPLOYEE);
    }

    @Test
    void namesAreAddedAndTakenAwayInAnyWriting() {
        Scrubber scrubber = Scrubber.builder()
                .sensitiveKeys("customerAccountNo", "fax")
                .ordinaryKeys("session-id")
                .build();

        assertThat(scrubber.scrub("customer_account_no=1234 oldCustomerAccountNo: 77 customerAccount=5 FAX=1"))
                .isEqualTo("customer_account_no=[redacted] oldCustomerAccountNo: [redacted] customerAccount=5"
                        + " FAX=[redacted]");
        assertThat(scrubber.scrub("sessionId=abc userSessionId=abc"))
                .isEqualTo("sessionId=abc userSessionId=[redacted]");
        assertThat(scrubber.isSensitiveKey("CUSTOMER-ACCOUNT-NO")).isTrue();
        assertThat(scrubber.isSensitiveKey("sessionId")).isFalse();
        assertThat(scrubber.isSensitiveKey("password")).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scrubber.builder().sensitiveKeys("42"))
                .withMessageContaining("42");
    }

    @Test
    void allowedValuesStay() {
        Scrubber scrubber = Scrubber.builder().allow("Public").build();

        assertThat(scrubber.scrub("password=public password=hunter2")).isEqualTo("password=public password=[redacted]");
    }

    @Test
    void eachKindHasItsReplacement() {
        Scrubber scrubber = Scrubber.builder()
                .replace(Kind.SECRET, (kind, found) -> "<" + kind + " of " + found.length() + ">")
                .build();

        assertThat(scrubber.scrub("password=hunter2, " + JWT)).isEqualTo("password=<secret of 7>, [jwt]");
    }

    @Test
    void allKindsHaveOneReplacementUnlessToldOtherwise() {
        Scrubber scrubber = Scrubber.builder()
                .detector(EMPLOYEE, "EMP-", window -> digits(window, 4))
                .replaceAll(Replacement.remove())
                .replace(Kind.JWT, Replacement.label())
                .build();

        assertThat(scrubber.scrub("EMP-1 password=hunter2 " + JWT)).isEqualTo(" password= [jwt]");
    }

    @Test
    void aReplacementThatThrowsLetsNothingOut() {
        Scrubber scrubber = Scrubber.builder()
                .replace(Kind.SECRET, (kind, found) -> {
                    throw new IllegalStateException(found.toString());
                })
                .build();

        assertThat(scrubber.scrub("password=hunter2")).isEqualTo("[unscrubbable]");
        assertThat(scrubber.unscrubbable()).isOne();
    }

    @Test
    void aReplacementThatGivesNullLetsNothingOut() {
        Scrubber scrubber =
                Scrubber.builder().replace(Kind.SECRET, (kind, found) -> null).build();

        assertThat(scrubber.scrub("password=hunter2")).isEqualTo("[unscrubbable]");
        assertThat(scrubber.unscrubbable()).isOne();
    }

    @Test
    void labelsOfAnApplicationAreLookedBesideAsWell() {
        Scrubber scrubber = Scrubber.builder()
                .replace(Kind.IPV6, (kind, found) -> kind.label())
                .build();
        String text = "2a00::1:2bob@acme.org";

        assertThat(scrubber.scrub(text)).isEqualTo(Scrubber.standard().scrub(text));
        assertThat(scrubber.scrub(scrubber.scrub(text))).isEqualTo(scrubber.scrub(text));
    }

    @Test
    void ofSqlWhatIsBehindTheLimitIsNotSentEither() {
        Scrubber scrubber = Scrubber.builder().longestText(1024).build();
        String sql = "SELECT " + "abc, ".repeat(300) + " behind FROM t WHERE a = 'hunter2'";

        assertThat(scrubber.scrubSql(sql)).endsWith("[cut]").hasSize(1024 + "[cut]".length());
    }

    @Test
    void ofJsonTheLimitHoldsForEachString() {
        Scrubber scrubber = Scrubber.builder().longestText(1024).build();
        String strings = "\"abc\",".repeat(1000);

        assertThat(scrubber.scrubJson("[" + strings + "\"a@b.org" + "x".repeat(2000) + "\"]"))
                .startsWith("[" + strings)
                .endsWith("[cut]\"]");
    }

    @Test
    void whatIsBehindTheLimitIsNotSent() {
        Scrubber scrubber = Scrubber.builder().longestText(1024).build();
        String fits = "x".repeat(1024);

        assertThat(scrubber.scrub(fits)).isSameAs(fits);
        assertThat(scrubber.scrub(fits + "y")).isEqualTo(fits + "[cut]");
        assertThat(scrubber.find(fits + "y")).containsExactly(new Finding(Kind.SECRET, 1024, 1025));
        assertThat(scrubber.scrub("x".repeat(1023) + "\ud83d\ude00")).isEqualTo("x".repeat(1023) + "[cut]");
        assertThat(scrubber.scrubUrl("/" + fits + "?token=hunter2")).isEqualTo("/" + fits.substring(1) + "[cut]");
    }

    /** Wherever the limit cuts, not even a part of a secret is left. */
    @Test
    void aSecretThatGoesOnBehindTheLimitIsReplacedAsAWhole() {
        Scrubber scrubber = Scrubber.builder().longestText(1024).build();
        for (int before = 1024 - JWT.length() - 8; before < 1030; before++) {
            String text = " ".repeat(before) + JWT + " " + "x".repeat(6000);

            assertThat(scrubber.scrub(text).strip()).matches("(\\[jwt\\] ?x{0,8})?\\[cut\\]");
            assertThat(scrubber.find(text)).last().extracting(Finding::end).isEqualTo(text.length());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1023, 16 * 1024 * 1024 + 1})
    void theLimitHasLimits(int characters) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scrubber.builder().longestText(characters))
                .withMessageContaining(String.valueOf(characters));
    }
}
