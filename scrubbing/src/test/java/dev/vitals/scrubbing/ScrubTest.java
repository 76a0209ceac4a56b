package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScrubTest {
    private static final String JWT =
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P";

    private final Scrubber scrubber = Scrubber.standard();

    /** In each line a text, and what must be left of it. */
    private static final String SECRETS = """
            jdbc:postgresql://app:hunter2@db:5432/shop ⇒ jdbc:postgresql://[redacted]@db:5432/shop
            redis://:hunter2@cache:6379/0 ⇒ redis://[redacted]@cache:6379/0
            https://u:p@h/a?b=c ⇒ https://[redacted]@h/a?b=c
            https://ghp_hunter2@github.com/a/b.git ⇒ https://[redacted]@github.com/a/b.git
            git+ssh://u:hunter2@h/x ⇒ git+ssh://[redacted]@h/x
            postgres://u:hun/ter@2@h/x ⇒ postgres://[redacted]@h/x
            postgres://u:hun#ter?2@h/x ⇒ postgres://[redacted]@h/x
            mongodb://u:hunter2@h1:27017,h2:27018/db ⇒ mongodb://[redacted]@h1:27017,h2:27018/db
            https://a,https://u:hunter2@b ⇒ https://a,https://[redacted]@b
            {"u":"https:\\/\\/u:hunter2@h\\/x"} ⇒ {"u":"https:\\/\\/[redacted]@h\\/x"}
            GET https://h/x?user=bob&password=hunter2&y=1 failed ⇒ GET https://h/x?user=bob&password=[redacted]&y=1 failed
            https://h/x?token=hunter2#part ⇒ https://h/x?token=[redacted]#part
            https://h/x#access_token=hunter2&state=1 ⇒ https://h/x#access_token=[redacted]&state=1
            https://h/x?X-Amz-Signature=hunter2&a=b ⇒ https://h/x?X-Amz-Signature=[redacted]&a=b
            (see https://h/x?sig=hunter2). ⇒ (see https://h/x?sig=[redacted]).
            https://h/x?user%5Bpassword%5D=hunter2 ⇒ https://h/x?user%5Bpassword%5D=[redacted]
            https://h/x?cookie=hunter2&a=b ⇒ https://h/x?cookie=[redacted]&a=b
            jdbc:sqlserver://h:1433;user=sa;password=hun,ter2;encrypt=true ⇒ jdbc:sqlserver://h:1433;user=sa;password=[redacted];encrypt=true
            jdbc:mysql://address=(host=h)(password=hunter2)/db ⇒ jdbc:mysql://address=(host=h)(password=[redacted]
            {"m":"sent\\ncookie: hunter2\\napi_key=hunter2"} ⇒ {"m":"sent\\ncookie: [redacted]\\napi_key=[redacted]"}
            jdbc:oracle:thin:scott/hunter2@h:1521:x ⇒ jdbc:oracle:thin:[redacted]@h:1521:x
            {"m":"password=a\\ncookie: hunter2"} ⇒ {"m":"password=[redacted]\\ncookie: [redacted]"}
            password=hun\\ter2 x ⇒ password=[redacted] x
            {Authorization=Digest username="b", response="hunter2"} ⇒ {Authorization=[redacted]}
            Config.Password:hunter2 ⇒ Config.Password:[redacted]
            phone=4915112345678 ⇒ phone=[phone]
            cvv=123 contraseña: hunter2 ⇒ cvv=[redacted] contraseña: [redacted]
            jdbc:h2:mem:x;PASSWORD=hunter2 ⇒ jdbc:h2:mem:x;PASSWORD=[redacted]
            user[password]=hunter2&user[name]=bob ⇒ user[password]=[redacted]&user[name]=bob
            login failed, password=hunter2 ⇒ login failed, password=[redacted]
            password = hunter2 ⇒ password = [redacted]
            password: hunter2, retry ⇒ password: [redacted], retry
            password=>hunter2 ⇒ password=>[redacted]
            DB_PASSWORD=hunter2 DB_USER=app ⇒ DB_PASSWORD=[redacted] DB_USER=app
            -Djavax.net.ssl.keyStorePassword=hunter2 ⇒ -Djavax.net.ssl.keyStorePassword=[redacted]
            Login[user=bob, password=hunter2] ⇒ Login[user=bob, password=[redacted]]
            Client[credentials=Login[user=bob, key=hunter2], retries=3] ⇒ Client[credentials=[redacted], retries=3]
            token=Token{type='x', value='hunter2'} sent ⇒ token=[redacted] sent
            secret=Outer(a=Inner(b=hunter2), c=hunter2); x=1 ⇒ secret=[redacted]; x=1
            {user=bob, password=hunter2} ⇒ {user=bob, password=[redacted]}
            Credentials[user=bob, apiKey=hunter2] ⇒ Credentials[user=bob, apiKey=[redacted]]
            connect(password=hun)ter2,user=bob) ⇒ connect(password=[redacted],user=bob)
            password={bcrypt}$2a$10$hunter2 ⇒ password=[redacted]
            password="hun ter,2" user="bob" ⇒ password="[redacted]" user="bob"
            password='it''s hunter2' user='bob' ⇒ password='[redacted]' user='bob'
            password="hun\\"ter2" x ⇒ password="[redacted]" x
            {"password":"hunter2","user":"bob"} ⇒ {"password":"[redacted]","user":"bob"}
            {"password" : "hunter2\\\\", "user":"bob"} ⇒ {"password" : "[redacted]", "user":"bob"}
            {"pin":1,"secret":12345678} ⇒ {"pin":1,"secret":[redacted]}
            {"tokens":["hunter2","hunter3"],"user":"bob"} ⇒ {"tokens":[redacted],"user":"bob"}
            {"credentials":{"a":"}hunter2"},"user":"bob"} ⇒ {"credentials":[redacted],"user":"bob"}
            {"body":"{\\"password\\":\\"hun ter2\\",\\"user\\":\\"bob\\"}"} ⇒ {"body":"{\\"password\\":\\"[redacted]\\",\\"user\\":\\"bob\\"}"}
            {"a":"password=hunter2","b":1} ⇒ {"a":"password=[redacted]","b":1}
            {"password":"hunter2 and then cut ⇒ {"password":"[redacted]
            API key: hunter2 ⇒ API key: [redacted]
            session id = hunter2 ⇒ session id = [redacted]
            JSESSIONID=hunter2; Path=/ ⇒ JSESSIONID=[redacted]; Path=/
            Authorization: Digest username="Mufasa", response="hunter2" ⇒ Authorization: [redacted]
            curl -H 'Authorization: Bearer hunter2' https://h/x ⇒ curl -H 'Authorization: [redacted]' https://h/x
            curl -H "Cookie: a=hunter2; b=hunter3" https://h/x ⇒ curl -H "Cookie: [redacted]" https://h/x
            {Authorization=[Bearer hunter2], Accept=[*/*]} ⇒ {Authorization=[redacted], Accept=[*/*]}
            {Authorization=Bearer hunter2, Accept=*/*} ⇒ {Authorization=[redacted], Accept=*/*}
            Set-Cookie: sid=hunter2; Expires=Wed, 21 Oct 2026 07:28:00 GMT ⇒ Set-Cookie: [redacted]
            access_token: Bearer hunter2 sent ⇒ access_token: [redacted] sent
            sent Bearer hunter2 to h ⇒ sent Bearer [redacted] to h
            [Bearer hunter2] ⇒ [Bearer [redacted]]
            Basic dXNlcjpodW50ZXIy sent ⇒ Basic [redacted] sent
            the token was JWT. ⇒ the token was [jwt].
            X-Forwarded=a, passphrase=hunter2; b=c ⇒ X-Forwarded=a, passphrase=[redacted]; b=c
            private_key: hunter2 ⇒ private_key: [redacted]
            password := hunter2 ⇒ password := [redacted]
            {"log":"Cookie: hun ter2\\nHost: h"} ⇒ {"log":"Cookie: [redacted]\\nHost: h"}
            {"log":"Cookie: hun ter2\\r\\nHost: h"} ⇒ {"log":"Cookie: [redacted]\\r\\nHost: h"}
            Cookie: hun\\xter2 hunter3 ⇒ Cookie: [redacted]
            Cookie: hunter2\\ ⇒ Cookie: [redacted]
            password=[redacted]\\xhunter2 ⇒ password=[redacted]
            password=[email ⇒ password=[redacted]
            password=[email:ab ⇒ password=[redacted]
            user[token]=hunter2 ⇒ user[token]=[redacted]
            secret=Digest hunter2 sent ⇒ secret=[redacted] sent
            secret=Token hunter2 sent ⇒ secret=[redacted] sent
            secret=ApiKey hunter2 sent ⇒ secret=[redacted] sent
            secret=Basics hunter2 sent ⇒ secret=[redacted] hunter2 sent
            password=hun,ter2 ⇒ password=[redacted]
            password=hun,/ter2 ⇒ password=[redacted]
            password=hunter2,"a" ⇒ password=[redacted],"a"
            password=hunter2,,x ⇒ password=[redacted],,x
            password=hunter2,;x ⇒ password=[redacted],;x
            password=hunter2,)x ⇒ password=[redacted],)x
            password=hunter2,\\nx ⇒ password=[redacted],\\nx
            https://h/a\\b;sig=hunter2 ⇒ https://h/a\\b;sig=[redacted]
            SharedAccessSignature sig=hunter2x&skn=a ⇒ SharedAccessSignature sig=[redacted]&skn=a
            SharedAccessSignature sr=h&sig=hun%2Bter2&skn=a ⇒ SharedAccessSignature sr=h&sig=[redacted]&skn=a
            sig=hun%2Bter2&se=1795297186 ⇒ sig=[redacted]&se=1795297186
            sig=hunter2&sv=2026 ⇒ sig=[redacted]&sv=2026
            GET /x?sig=hunter2#a HTTP/1.1 ⇒ GET /x?sig=[redacted]#a HTTP/1.1
            PWD=hunter2 OLDPWD=c:x ⇒ PWD=[redacted] OLDPWD=[redacted]
            pwd=/hunter2 DB_PWD=/hunter2 ⇒ pwd=[redacted] DB_PWD=[redacted]
            password=${DB_PASSWORD:hunter2} ⇒ password=[redacted]}
            password=${DB_PASSWORD}hunter2 ⇒ password=[redacted]
            password=${hunter2 user=${x} ⇒ password=[redacted] user=${x}
            password=$hunter2 secret=$HUNTER2 ⇒ password=[redacted] secret=[redacted]
            password=%hunter2% secret=%HUNTER ⇒ password=[redacted] secret=[redacted]
            password=xx secret=xxxX token=xxxhunter2 ⇒ password=[redacted] secret=[redacted] token=[redacted]
            password=***hunter2 ⇒ password=[redacted]
            password=<hunter secret=<2hunters> ⇒ password=[redacted] secret=[redacted]>
            secrets=[hunter2], tokens=(hunter2) ⇒ secrets=[redacted], tokens=[redacted]
            https://${USER}:hunter2@h/x ⇒ https://[redacted]@h/x
            https://user:@h/x ⇒ https://[redacted]@h/x
            mvn -Dsonar.login=hunter2 verify ⇒ mvn -Dsonar.login=[redacted] verify
            sonar.login="hunter2" ⇒ sonar.login="[redacted]"
            """.replace("JWT", JWT);

    /** Nothing in here is a secret. */
    private static final String HARMLESS = """
                at com.acme.token.TokenFilter.doFilter(TokenFilter.java:42)
                at com.acme.Password.check(Password.java:7)
                at app//com.acme.secret.Vault.lambda$get$0(Vault.kt:99) ~[vault-1.2.jar:1.2]
            Caused by: java.security.InvalidKeyException: Illegal key size
            Caused by: com.acme.BadCredentialsException: Bad credentials
            com.acme.token.Refresher: started in 12 ms
            com.acme.secrets.TokenService: started
            LoginTest.refusesPassword:83 expected true
            Recorders.withToken:gc.count
            ~[token-service-1.2.jar:1.2]
            jdbc:oracle:thin:@db:1521:x
            java.lang.Object@4b1c1ea0
            [Ljava.lang.String;@1b6d3586
            dev.vitals.scrubbing.Scrubber
            2026-11-21T07:15:47.123Z INFO [main] started: ok
            date: 2026-11-21
            status: 200
            user=bob, role=admin
            {"user":"bob","count":3,"ok":true}
            key: value
            monkey=banana
            keyboard: qwerty
            author: Jane Doe
            tokenizer=whitespace
            compass: north
            passenger=7
            bypass: on
            assessment: good
            secretary: Ann
            max_tokens=4096
            "usage":{"prompt_tokens":12,"total_tokens":40}
            token_type=bearer_x
            tokenCount=12
            passwordPolicyUrl=https://h/policy
            password_changed_at: 2026-11-21
            password.length=12
            passwordRequired=true
            {"password":null,"user":"bob"}
            password=
            password: ********
            WHERE name = ? AND password = ?
            password={}
            sent [token]: done
            [token]: done, [token:azby0189-x]: done
            {"log":"password=[redacted]\\nHost: h"} {"log":"password=[redacted]\\r\\nHost: h"}
            {"log":"\\"password=[redacted]\\" is gone"}
            {"b":"{\\"u\\":\\"https://h/x\\",\\"sig\\":\\"11\\"}"}
            http://h:9090/x?to=a@b
            https://h/sig: 11
            password=${DB_PASSWORD} secret="${app.secret-1}" token=${DB_PASSWORD},
            {"password":"${DB_PASSWORD}"}
            password=$DB_PASSWORD token=%DB_TOKEN% secret=#{app.secret}
            password: {{ .Values.password }}
            password: "{{ .Values.password }}"
            password=<hidden> token=<redacted> secret=<password> apiKey="<your-api-key>"
            password=xxx token=XXXXXXXX secret=********************************************************************************
            password=(null) secret=[hidden] token=[PROTECTED], apiKey=redacted
            https://${USER}:${PASSWORD}@h/x https://:****@h/x
            postgres://$DB_USER:$DB_PASSWORD@h/x
            PWD=/app OLDPWD=C:\\app "PWD": "/app"
            sonar.login=${TOKEN} sonar.login=
            sig=11&a=b signature=ok
            api-key-header: X-Api-Key
            Password::new and secret::reveal
            https://h:8080/a/b?c=d&e=f#g
            https://registry.example/@scope/pkg
            http://[::1]:8080/x?to=a@b
            https://token.example.com:8443/x
            jdbc:postgresql://db:5432/shop?user=app
            redis://cache:6379/0
            mongodb://h1:27017,h2:27018/db
            signature: (Ljava/lang/String;)V
            sig: 11
            Basic auth is off
            basic information, HTTP/1.1
            Bearer authentication required
            WWW-Authenticate: Bearer realm="x"
            the bearer of good news
            HikariPool-1 - Pool stats (total=10, active=0, idle=10, waiting=0)
            "token-refresher" #12 prio=5 os_prio=0 cpu=1.2ms tid=0x00007f waiting
            Unrecognized token 'abc': was expecting (JSON String, Number, Array)
            eyJust a word
            eyJ.a
            C:\\dir\\file.txt: not found
            a = b == c ? d : e
            duration=12ms size=3MB rate=4.5/s
            I forgot my password
            ${jndi:x} $1 %d {}
            """;

    static Stream<Arguments> secrets() {
        return SECRETS.lines().map(line -> line.split(" ⇒ ", 2)).map(pair -> Arguments.of(pair[0], pair[1]));
    }

    static Stream<String> harmless() {
        return HARMLESS.lines();
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void secretsAreReplacedAndNothingElse(String text, String expected) {
        assertThat(scrubber.scrub(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void scrubbingTwiceChangesNothing(String text, String expected) {
        assertThat(scrubber.scrub(expected)).isSameAs(expected);
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void harmlessTextStaysTheSameInstance(String text) {
        assertThat(scrubber.scrub(text)).isSameAs(text);
    }

    @Test
    void textWithSeveralLinesKeepsWhatFollowsAHeader() {
        String text =
                "Authorization: Bearer hunter2\r\nHost: h\npassword:\n  at com.acme.Main\n\"secret\":\n \"hunter2\"";

        assertThat(scrubber.scrub(text))
                .isEqualTo(
                        "Authorization: [redacted]\r\nHost: h\npassword:\n  at com.acme.Main\n\"secret\":\n \"[redacted]\"");
    }

    @Test
    void aNameIsSoughtAcrossBlanksFarIntoALineToo() {
        String before = "a b ".repeat(50);

        assertThat(scrubber.scrub(before + "password  = hunter2")).isEqualTo(before + "password  = [redacted]");
        assertThat(scrubber.scrub(before + "{\\\"password\\\" : \\\"hunter2\\\"}"))
                .isEqualTo(before + "{\\\"password\\\" : \\\"[redacted]\\\"}");
    }

    @Test
    void aHeaderWithAnOpenQuoteEndsWithItsLine() {
        assertThat(scrubber.scrub("Authorization: Digest username=\"hunter2\nHost: h"))
                .isEqualTo("Authorization: [redacted]\nHost: h");
    }

    @Test
    void aUrlAsAWholeMayBeRelative() {
        assertThat(scrubber.scrubUrl("/x?a=b&sig=hunter2#c")).isEqualTo("/x?a=b&sig=[redacted]#c");
        assertThat(scrubber.scrubUrl("//u:hunter2@h/x")).isEqualTo("//[redacted]@h/x");
        assertThat(scrubber.scrubUrl("redis://:hunter2@h?auth=hunter2"))
                .isEqualTo("redis://[redacted]@h?auth=[redacted]");
        String harmless = "/x?a=b c&d=e";
        assertThat(scrubber.scrubUrl(harmless)).isSameAs(harmless);
    }
}
