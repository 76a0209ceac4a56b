package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All tokens in here are made up: drawn at random in the form that the vendor documents. */
class VendorTokensTest {
    private static final String HEX = "0123456789abcdef";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String ALNUM = UPPER + "abcdefghijklmnopqrstuvwxyz";
    private static final String URL = ALNUM + "-_";

    /** A form: h, u, l, a, b stand for the alphabets above, d for a digit, with how many follow; the rest in quotes. */
    private static final String FORMS = """
            AWS ⇒ 'AKIA'u16
            AWS session ⇒ 'ASIA'u16
            AWS bearer ⇒ 'ABIA'u16
            AWS context ⇒ 'ACCA'u16
            MWS ⇒ 'amzn.mws.'h8'-'h4'-'h4'-'h4'-'h12
            Google API key ⇒ 'AIza'b35
            Google OAuth ⇒ 'ya29.'b60
            Google client secret ⇒ 'GOCSPX-'b28
            GitHub classic ⇒ 'ghp_'a36
            GitHub OAuth ⇒ 'gho_'a36
            GitHub user ⇒ 'ghu_'a36
            GitHub server ⇒ 'ghs_'a36
            GitHub refresh ⇒ 'ghr_'a76
            GitHub fine-grained ⇒ 'github_pat_'a22'_'a59
            GitLab ⇒ 'glpat-'b20
            GitLab routable ⇒ 'glpat-'b27'.01.'l9
            GitLab deploy ⇒ 'gldt-'b20
            GitLab runner ⇒ 'glrt-'b20
            GitLab trigger ⇒ 'glptt-'h40
            GitLab feed ⇒ 'glft-'b20
            GitLab SCIM ⇒ 'glsoat-'b20
            GitLab job ⇒ 'glcbt-1_'b20
            GitLab mail ⇒ 'glimt-'b25
            GitLab registration ⇒ 'GR1348941'b20
            Slack bot ⇒ 'xoxb-'d12'-'d13'-'a24
            Slack user ⇒ 'xoxp-'d12'-'d12'-'d12'-'h32
            Slack app ⇒ 'xapp-1-A'u10'-'d13'-'h64
            Slack refresh ⇒ 'xoxe-1-'a146
            Stripe ⇒ 'sk_live_'a24
            Stripe, long ⇒ 'sk_live_51'a97
            Stripe test ⇒ 'sk_test_'a24
            Stripe restricted ⇒ 'rk_live_'a24
            Stripe webhook ⇒ 'whsec_'a32
            Twilio ⇒ 'SK'h32
            SendGrid ⇒ 'SG.'b22'.'b43
            npm ⇒ 'npm_'a36
            PyPI ⇒ 'pypi-AgEIcHlwaS5vcmc'b150
            Docker Hub ⇒ 'dckr_pat_'b27
            Docker Hub organisation ⇒ 'dckr_oat_'b32
            OpenAI ⇒ 'sk-'a20'T3BlbkFJ'a20
            OpenAI project ⇒ 'sk-proj-'b74'T3BlbkFJ'b74
            OpenAI service ⇒ 'sk-svcacct-'b74'T3BlbkFJ'b74
            Anthropic ⇒ 'sk-ant-api03-'b93'AA'
            Hugging Face ⇒ 'hf_'a34
            DigitalOcean ⇒ 'dop_v1_'h64
            DigitalOcean OAuth ⇒ 'doo_v1_'h64
            DigitalOcean refresh ⇒ 'dor_v1_'h64
            Shopify ⇒ 'shpat_'h32
            Shopify shared ⇒ 'shpss_'h32
            Shopify custom ⇒ 'shpca_'h32
            Shopify private ⇒ 'shppa_'h32
            Telegram ⇒ '7'd9':AA'b33
            Telegram, shortest ⇒ d8':AA'b31
            Telegram, longest ⇒ d10':AA'b34
            Discord ⇒ 'MT'a24'.G'a5'.'b38
            Discord, shortest ⇒ 'MT'a21'.G'a5'.'b27
            Entra, shortest ⇒ a3'1Q~'a31
            Entra, longest ⇒ a3'1Q~'a35
            Terraform, shortest ⇒ a14'.atlasv1.'b60
            New Relic user ⇒ 'NRAK-'u27
            New Relic insert ⇒ 'NRII-'b32
            New Relic licence ⇒ 'eu01xx'h30'NRAL'
            Vault ⇒ 'hvs.'b90
            Vault batch ⇒ 'hvb.'b140
            Vault recovery ⇒ 'hvr.'b90
            1Password service ⇒ 'ops_eyJ'a250
            1Password secret key ⇒ 'A3-'u6'-'u11'-'u5'-'u5'-'u5
            Sentry organisation ⇒ 'sntrys_eyJ'a90'_'a43
            Sentry user ⇒ 'sntryu_'h64
            Azure Entra ⇒ 'a7'a1'8Q~'b34
            Azure DevOps ⇒ a52'JQQJ99'a16'ASAZDO'a4
            Azure DevOps, other ⇒ a76'AZDO'a4
            Azure, other ⇒ a52'JQQJ99'a26
            Mailchimp ⇒ h32'-us13'
            Mailgun ⇒ 'key-'h32
            Atlassian ⇒ 'ATATT3xFfGF0'b170'='h8
            Bitbucket ⇒ 'ATBB'a32
            Databricks ⇒ 'dapi'h32
            Doppler ⇒ 'dp.pt.'a43
            Figma ⇒ 'figd_'b40
            Grafana ⇒ 'glsa_'a32'_'h8
            Grafana cloud ⇒ 'glc_'a100
            Groq ⇒ 'gsk_'a52
            Tavily ⇒ 'tvly-'b32
            Linear ⇒ 'lin_api_'a40
            Mapbox ⇒ 'sk.eyJ'a60'.'b22
            Notion ⇒ 'ntn_'a46
            NuGet ⇒ 'oy2'l43
            Postman ⇒ 'PMAK-'h24'-'h34
            Pulumi ⇒ 'pul-'h40
            RubyGems ⇒ 'rubygems_'h48
            Square ⇒ 'sq0atp-'b22
            Square secret ⇒ 'sq0csp-'b43
            Supabase ⇒ 'sbp_'h40
            Terraform ⇒ a14'.atlasv1.'b67
            Dynatrace ⇒ 'dt0c01.'u24'.'u64
            Artifactory ⇒ 'AKCp'a69
            SonarQube ⇒ 'squ_'h40
            crates.io ⇒ 'cio'a32
            PlanetScale ⇒ 'pscale_tkn_'b43
            Dropbox ⇒ 'sl.'b136
            age ⇒ 'AGE-SECRET-KEY-1'u58
            bcrypt ⇒ '$2a$10$'a53
            SHA-512 crypt ⇒ '$6$'a16'$'a86
            Argon2 ⇒ '$argon2id$v=19$m=65536,t=3,p=4$'a22'$'a43
            """;

    /** A character more or less than a token has. */
    private static final String NO_TOKENS = """
            Telegram ⇒ 'x 'd7':AA'b31
            Telegram ⇒ d11':AA'b31
            Telegram ⇒ d8':AA'b30
            Telegram ⇒ d8':AA'b35
            Discord ⇒ 'MT'a20'.G'a5'.'b27
            Discord ⇒ 'MT'a28'.G'a5'.'b27
            Discord ⇒ 'MT'a21'.G'a4'.'b27
            Discord ⇒ 'MT'a21'.G'a6'.'b27
            Discord ⇒ 'MT'a21'.G'a5'.'b26
            Discord ⇒ 'MT'a21'.G'a5'.'b39
            Discord ⇒ 'MT'a21'.Gabcde.abcdefghijklmnopqrstuvwxyzabcd'
            Entra ⇒ a3'1Q~'a30
            Entra ⇒ a3'1Q~'a36
            Entra ⇒ a3'xQ~'a34
            Entra ⇒ a2'+1Q~'a34
            Entra ⇒ '+'a2'1Q~'a34
            Entra ⇒ a1'+'a1'1Q~'a34
            Entra ⇒ a2'1Q~'a34
            Terraform ⇒ a14'.atlasv1.'b59
            Terraform ⇒ a13'.atlasv1.'b60
            Terraform ⇒ a15'.atlasv1.'b60
            Terraform ⇒ a7'-'a6'.atlasv1.'b60
            Azure ⇒ a51'JQQJ99'a26
            Azure ⇒ a52'JQQJ99'a25
            Azure ⇒ a52'JQQJ99'a27
            Azure ⇒ a52'JQQJ99'a26'+'
            Azure DevOps ⇒ a75'AZDO'a4
            Azure DevOps ⇒ a76'AZDO'a3
            Azure DevOps ⇒ a76'AZDO'a5
            Mailchimp ⇒ h31'-us13'
            Mailchimp ⇒ h33'-us13'
            Mailchimp ⇒ h32'-us134'
            Mailchimp ⇒ h32'-us1x'
            New Relic licence ⇒ a35'NRAL'
            New Relic licence ⇒ a37'NRAL'
            New Relic licence ⇒ a36'NRAL1'
            Slack hook ⇒ 'https://hooks.slack.com/services/'a23
            Slack hook ⇒ 'https://xooks.slack.com/services/'a24
            Discord hook ⇒ 'https://discord.com/api/webhooks/'a59
            Discord hook ⇒ 'https://discort.com/api/webhooks/'a60
            Teams hook ⇒ 'https://h/IncomingWebhook/'a59
            """;

    private final Scrubber scrubber = Scrubber.builder().only(Kind.TOKEN).build();

    static Stream<Arguments> noTokens() {
        return TextTable.changes(NO_TOKENS);
    }

    static Stream<Arguments> forms() {
        return TextTable.changes(FORMS);
    }

    private static String draw(String form, Random random) {
        StringBuilder token = new StringBuilder();
        int i = 0;
        while (i < form.length()) {
            char c = form.charAt(i++);
            if (c == '\'') {
                int end = form.indexOf('\'', i);
                token.append(form, i, end);
                i = end + 1;
                continue;
            }
            String alphabet =
                    switch (c) {
                        case 'h' -> HEX;
                        case 'u' -> UPPER;
                        case 'l' -> LOWER;
                        case 'a' -> ALNUM;
                        case 'b' -> URL;
                        default -> "0123456789";
                    };
            int end = i;
            while (end < form.length() && Character.isDigit(form.charAt(end))) {
                end++;
            }
            for (int n = Integer.parseInt(form.substring(i, end)); n > 0; n--) {
                token.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            i = end;
        }
        return token.toString();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void tokensAreFoundWhereverTheyStand(String vendor, String form) {
        Random random = new Random(form.hashCode());
        for (int i = 0; i < 20; i++) {
            String token = draw(form, random);
            for (String around :
                    new String[] {"%s", "used %s, then", "{\"x\":\"%s\"}", "x=%s&y=1", "a\\n%s\\nb", "(%s)."}) {
                assertThat(scrubber.scrub(around.replace("%s", token)))
                        .as("%s in %s", token, around)
                        .isEqualTo(around.replace("%s", "[token]"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void onePartOfAWordIsNoToken(String vendor, String form) {
        String token = draw(form, new Random(form.hashCode()));
        boolean sign = !Character.isLetterOrDigit(token.charAt(0));

        String text = "y" + token;
        assertThat(scrubber.scrub(text)).as(text).matches(left -> sign || left.equals(text));
        String cut = token.substring(0, 6);
        assertThat(scrubber.scrub(cut)).isSameAs(cut);
    }

    @ParameterizedTest
    @MethodSource("noTokens")
    void oneCharacterMoreOrLessIsNoToken(String vendor, String form) {
        String text = draw(form, new Random(form.hashCode()));

        assertThat(scrubber.scrub(text)).isSameAs(text);
        assertThat(scrubber.scrub("used " + text + ", then")).isEqualTo("used " + text + ", then");
    }

    @Test
    void ofAWebHookTheSecretPathIsReplaced() {
        assertThat(scrubber.scrub("https://hooks.slack-gov.com/services/" + "q1W2e3R4".repeat(3)))
                .isEqualTo("https://hooks.slack-gov.com/services/[token]");
        assertThat(scrubber.scrub("https://discordapp.com/api/webhooks/" + "q1W2e3R4t5Y6".repeat(5)))
                .isEqualTo("https://discordapp.com/api/webhooks/[token]");
        assertThat(scrubber.scrub("https://hooks.slack.com/services/T01ABCDEF/B01ABCDEF/q1W2e3R4t5Y6u7I8o9P0aSdF"))
                .isEqualTo("https://hooks.slack.com/services/[token]");
        assertThat(scrubber.scrub("https://discord.com/api/webhooks/123456789012345678/" + "q1W2e3R4-".repeat(8)))
                .isEqualTo("https://discord.com/api/webhooks/[token]");
        assertThat(scrubber.scrub(
                        "https://x.webhook.office.com/webhookb2/a@b/IncomingWebhook/0a1b2c3d4e5f60718293a4b5c6d7e8f9/"
                                + "123e4567-e89b-12d3-a456-426614174000"))
                .isEqualTo("https://x.webhook.office.com/webhookb2/a@b/IncomingWebhook/[token]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key-value key-words live_ live_reload_of_the_page_is_switched_on_by_default",
                "hf_hub hf_transfer sk_test_helper sk_live_ npm_config_registry",
                "npm_lifecycle_event ghp_ ghp_short github_pat_ glpat-",
                "xoxb-your-token-goes-here-please sk-proj-your-key-here",
                "sk-circle-fade-dot sk-SK sk-learn",
                "ASIAN AKIA AKIAIOSFODNN7 SKU-12345 SK SKIP",
                "pk_live_51H8s7d6f5g4h3j2k1l0 AC0123456789abcdef0123456789abcdef",
                "s.substring(0, 3) b.append(c) r.readLine",
                "s.getStringValueOfField12AndMore(x)",
                "r.convertUtf8ToIso88591String1 done",
                "dapiVersion fc-cache dp.ct figd_ cio ciotti",
                "$1$2 $6$ $2a$ Foo$1$Bar $5$x",
                "NRAL NT AUTHORITY\\SYSTEM MT19937 NTLM.abc.def",
                "12:AAA :AA 12345678:AA",
                "Q~ 8Q~ x8Q~abc",
                "AZDO JQQJ99 -us -us1 en-us",
                "com.acme.secret_manager.SecretManagerServiceImplementationV2",
                "secret_that_is_longer_than_forty_three_characters1",
                "https://hooks.slack.com/services/ https://acme.example/services/T01ABCDEF/B01ABCDEF/q1W2e3R4t5Y6u7I8",
                "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d",
                "123e4567-e89b-12d3-a456-426614174000",
                "00Dabc 00D12x A3-42 oy2 sl.a.b sl.",
                "eyJrIjoi hawk.example.com/a SG.x.y",
                "whsec_ whsec_secret shpat_0123 [token]"
            })
    void identifiersWordsAndDigestsStay(String text) {
        assertThat(scrubber.scrub(text)).isSameAs(text);
    }
}
