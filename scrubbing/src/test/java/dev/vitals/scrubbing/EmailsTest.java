package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EmailsTest {
    private static final String ADDRESSES = """
            to=me%40acme.org ⇒ to=[email]
            me%40acme.org%26x ⇒ [email]%26x
            q=to%3Djane%2Bshop%40acme.org ⇒ q=to%3D[email]
            mail%20jane%2bshop.x%40acme.org& ⇒ mail%20[email]&
            ann@acme.org ⇒ [email]
            ann@abcdef.org ⇒ [email]
            <"ann lee"@acme.org> or "ann"@acme.org ⇒ <[email]> or [email]
            _ann@acme.org -ann@acme.org ⇒ [email] -[email]
            x..ann@acme.org ⇒ x..[email]
            a\\rann@acme.org\\tbob@acme.org\\xann@acme.org ⇒ a\\r[email]\\t[email]\\[email]
            ann@डाटामेल.भारत ⇒ [email]
            write to ann.lee+orders@mail.acme.co.uk. Thanks ⇒ write to [email]. Thanks
            <ann_lee@acme.org>, "Bob" <bob-2@x-y.example> ⇒ <[email]>, "Bob" <[email]>
            {"to":"ann@example.com","n":1} ⇒ {"to":"[email]","n":1}
            {"text":"hi\\nann@acme.org\\nbye"} ⇒ {"text":"hi\\n[email]\\nbye"}
            {"from":"Ann \\u003cann@acme.org\\u003e"} ⇒ {"from":"Ann \\u003c[email]\\u003e"}
            to=ann@acme.org&cc=bob@acme.org ⇒ to=[email]&cc=[email]
            o'brien@acme.ie and 'ann@acme.org' ⇒ [email] and '[email]'
            mailto:ann%2Bx@acme.org?subject=a ⇒ mailto:[email]?subject=a
            "ann lee"@acme.org asked ⇒ [email] asked
            jörg@müller.de, андрей@почта.рф ⇒ [email], [email]
            ann@xn--mller-kva.de ⇒ [email]
            ann@acme.xn--p1ai ⇒ [email]
            ann@163.com ⇒ [email]
            ANN@ACME.ORG; ann@Acme.Org ⇒ [email]; [email]
            (ann@acme.org) [bob@acme.org] ⇒ ([email]) [[email]]
            User[mail=ann@acme.org, age=3] ⇒ User[mail=[email], age=3]
            500 for ann@acme.org: no such user ⇒ 500 for [email]: no such user
            ann@acme.org/inbox ⇒ [email]/inbox
            ...ann@acme.org... ⇒ ...[email]...
            ann@acme.org-2026 ⇒ [email]-2026
            ann@acme.org_old ⇒ [email]_old
            /ann@acme.org#x ⇒ /[email]#x
            请联系ann@acme.org谢谢 ⇒ 请联系[email]谢谢
            a@b.io ⇒ [email]
            ann@acme.orgbob@acme.org ⇒ [email]@acme.org
            \tann@acme.org⏎bob@acme.org ⇒ \t[email]⏎[email]
            """;

    private static final String HARMLESS = """
            java.lang.Object@4b1c1ea0
            java.base@25/java.lang.Thread.run(Thread.java:1474)
            java.base@25.0.1/java.lang.Thread.run
            at app//acme.main@1.0-SNAPSHOT/acme.Main.run
            com.acme.Order@4b1c1ea0.total
            [Ljava.lang.String;@1b6d3586
            HikariProxyConnection@1234567 wrapping conn0
            Proxy$12@com.acme.Foo
            user@host and root@db-1
            ann@localhost:8080
            lodash@4.17.21 react@18.2.0-rc.1
            @scope/pkg@1.0.0
            https://cdn.example/npm/vue@3.2/dist/vue.js
            git@github.com:org/repo.git
            @Override @Nullable String
            java.lang.@Nullable String x
            a@b@c.org
            x@ @y @ a@.org a@-b.org
            ann@acme. and ann@acme
            ann@acme.c
            ann@1.2.3.beta
            logo@2x.webm icon@3x.png
            icon@x.png theme@dark.css
            getty@tty1.service user@1000.service
            systemd-fsck@dev-sda1.service
            image@sha256:0a1b2c3d4e5f
            this@Main.run super@Base.go
            j***@acme.org
            "a","@acme.org"
            {"@type":"x","@acme.org":1}
            [email]@acme.org
            me%40acme and %40acme.org and 5%401.2.org x%40
            logo%402x.webm this%40Main.run
            user@[10.0.0.1]
            ann@10.0.0.1
            3 @ 4.50 EUR, 7@4.50
            ann@acme.o2
            ann@acme.org2 ann@acme.xn--p
            x"ann lee"@acme.org
            """;

    private final Scrubber scrubber = Scrubber.builder().only(Kind.EMAIL).build();

    static Stream<Arguments> addresses() {
        return TextTable.changes(ADDRESSES);
    }

    static Stream<String> harmless() {
        return TextTable.lines(HARMLESS);
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void addressesAreFoundAndNothingElse(String text, String expected) {
        assertThat(scrubber.scrub(text)).isEqualTo(expected);
        assertThat(scrubber.scrub(expected)).isSameAs(expected);
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void whatIsNoAddressStays(String text) {
        assertThat(scrubber.scrub(text)).isSameAs(text);
    }

    @Test
    void theLongestPartsAreTakenAndNoMore() {
        String local = "a".repeat(64);
        String domain = "b.".repeat(124) + "org";

        assertThat(scrubber.scrub(local + "@acme.org")).isEqualTo("[email]");
        assertThat(scrubber.scrub("x" + local + "@acme.org")).isEqualTo("x[email]");
        assertThat(scrubber.scrub("ann@" + domain)).isEqualTo("[email]");
        assertThat(scrubber.scrub("ann@acme." + "o".repeat(25))).doesNotContain("[email]");
    }

    @Test
    void aKindThatIsOffIsNotLookedFor() {
        String text = "ann@acme.org";

        assertThat(Scrubber.builder().without(Kind.EMAIL).build().scrub(text)).isSameAs(text);
    }
}
