package dev.vitals.scrubbing;

import static dev.vitals.scrubbing.Ascii.ALNUM;
import static dev.vitals.scrubbing.Ascii.ANY_HEX;
import static dev.vitals.scrubbing.Ascii.BASE64;
import static dev.vitals.scrubbing.Ascii.BASE64_URL;
import static dev.vitals.scrubbing.Ascii.DASH;
import static dev.vitals.scrubbing.Ascii.DOLLAR;
import static dev.vitals.scrubbing.Ascii.DOT;
import static dev.vitals.scrubbing.Ascii.EQUALS;
import static dev.vitals.scrubbing.Ascii.HEX;
import static dev.vitals.scrubbing.Ascii.LOWER_ALNUM;
import static dev.vitals.scrubbing.Ascii.MORE;
import static dev.vitals.scrubbing.Ascii.PLUS_SLASH;
import static dev.vitals.scrubbing.Ascii.SLASH;
import static dev.vitals.scrubbing.Ascii.UNDERSCORE;
import static dev.vitals.scrubbing.Ascii.UPPER_ALNUM;
import static dev.vitals.scrubbing.TokenRow.OPEN;

import dev.vitals.scrubbing.TokenRow.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tokens that begin with a vendor's fixed prefix, as the vendors document them. Account ids and keys that are made to be
 * public (Stripe's {@code pk_}, Twilio's {@code AC}, Mapbox's {@code pk.}) are no secrets and stay. Checksums that some
 * vendors put in (GitHub, npm) are not asked for: a token with a slip in it is better not seen either.
 */
final class VendorTokens {
    private static final int PASSWORD_HASH = ALNUM | PLUS_SLASH | DOT | DOLLAR | EQUALS | DASH;

    // Beginnings that are rare in logs, in the place of rarer-looking pairs in what follows: Servlet, back, WebMvc,
    // None.
    private static final List<String> RARER = List.of("tv", "dc", "sk-");

    private static final List<TokenRow> ROWS = List.of(
            // Amazon Web Services
            row("AKIA", UPPER_ALNUM, 16, 16),
            row("ASIA", UPPER_ALNUM, 16, 16),
            row("ABIA", UPPER_ALNUM, 16, 16),
            row("ACCA", UPPER_ALNUM, 16, 16),
            row("A3T", UPPER_ALNUM, 17, 17),
            row("amzn.mws.", ANY_HEX | DASH, 36, 36),
            row("da2-", LOWER_ALNUM, 26, 26, Shape.MIXED),
            // Google
            row("AIza", BASE64_URL, 35, 35),
            row("ya29.", BASE64_URL | DOT, 20, OPEN),
            row("GOCSPX-", BASE64_URL, 24, 40),
            row("1//0", BASE64_URL, 38, OPEN, Shape.MIXED),
            // GitHub
            row("ghp_", ALNUM, 36, OPEN),
            row("gho_", ALNUM, 36, OPEN),
            row("ghu_", ALNUM, 36, OPEN),
            row("ghs_", ALNUM, 36, OPEN),
            row("ghr_", ALNUM, 36, OPEN),
            row("github_pat_", ALNUM | UNDERSCORE, 50, OPEN, Shape.DIGIT),
            // GitLab
            row("glpat-", BASE64_URL | DOT, 20, OPEN, Shape.MIXED),
            row("gldt-", BASE64_URL | DOT, 20, OPEN, Shape.MIXED),
            row("glrt-", BASE64_URL | DOT, 20, OPEN, Shape.MIXED),
            row("glptt-", BASE64_URL | DOT, 20, OPEN, Shape.MIXED),
            row("glft-", BASE64_URL | DOT, 20, OPEN, Shape.MIXED),
            row("glsoat-", BASE64_URL | DOT, 20, OPEN, Shape.MIXED),
            row("glcbt-", BASE64_URL | DOT, 20, OPEN, Shape.MIXED),
            row("glimt-", BASE64_URL | DOT, 20, OPEN, Shape.MIXED),
            row("glagent-", BASE64_URL | DOT, 20, OPEN, Shape.MIXED),
            row("gloas-", BASE64_URL | DOT, 20, OPEN, Shape.MIXED),
            row("GR1348941", BASE64_URL, 20, 20),
            // Slack
            row("xoxb-", BASE64_URL, 20, OPEN, Shape.DIGIT),
            row("xoxp-", BASE64_URL, 20, OPEN, Shape.DIGIT),
            row("xoxa-", BASE64_URL, 20, OPEN, Shape.DIGIT),
            row("xoxr-", BASE64_URL, 20, OPEN, Shape.DIGIT),
            row("xoxs-", BASE64_URL, 20, OPEN, Shape.DIGIT),
            row("xoxo-", BASE64_URL, 20, OPEN, Shape.DIGIT),
            row("xoxe", BASE64_URL | DOT, 20, OPEN, Shape.DIGIT),
            row("xoxc-", BASE64_URL, 20, OPEN, Shape.DIGIT),
            row("xoxd-", BASE64_URL | PLUS_SLASH, 20, OPEN, Shape.DIGIT),
            row("xapp-", BASE64_URL | SLASH, 20, OPEN, Shape.DIGIT),
            // Payments and shops
            row("sk_live_", ALNUM, 16, OPEN, Shape.MIXED),
            row("sk_test_", ALNUM, 16, OPEN, Shape.MIXED),
            row("rk_live_", ALNUM, 16, OPEN, Shape.MIXED),
            row("rk_test_", ALNUM, 16, OPEN, Shape.MIXED),
            row("whsec_", BASE64, 24, OPEN, Shape.MIXED),
            row("sq0atp-", BASE64_URL, 22, 22),
            row("sq0atb-", BASE64_URL, 22, 22),
            row("sq0csp-", BASE64_URL, 43, 43),
            row("EAAA", BASE64_URL, 60, 60, Shape.MIXED),
            row("shpat_", ANY_HEX, 32, 32),
            row("shpss_", ANY_HEX, 32, 32),
            row("shpca_", ANY_HEX, 32, 32),
            row("shppa_", ANY_HEX, 32, 32),
            row("EZAK", ALNUM, 54, 54),
            row("EZTK", ALNUM, 54, 54),
            // Messages
            row("SK", HEX, 32, 32),
            row("SG.", BASE64_URL | DOT, 50, 80, Shape.TWO_PARTS),
            row("key-", HEX, 32, 32),
            row("xkeysib-", HEX | DASH | ALNUM, 81, 81),
            row("live_", ALNUM | UNDERSCORE, 38, 46, Shape.DIGIT),
            // Models
            row("sk-", ALNUM, 32, 64, Shape.DIGIT),
            row("sk-proj-", BASE64_URL, 40, OPEN, Shape.MIXED),
            row("sk-svcacct-", BASE64_URL, 40, OPEN, Shape.MIXED),
            row("sk-admin-", BASE64_URL, 40, OPEN, Shape.MIXED),
            row("sk-None-", BASE64_URL, 40, OPEN, Shape.MIXED),
            row("sk-or-v1-", HEX, 64, 64),
            row("sk-ant-", BASE64_URL, 40, OPEN, Shape.DIGIT),
            row("hf_", ALNUM, 30, 40, Shape.MIXED),
            row("api_org_", ALNUM, 30, 40, Shape.MIXED),
            row("gsk_", ALNUM, 48, 56, Shape.MIXED),
            row("jina_", ALNUM, 48, 64, Shape.DIGIT),
            row("tvly-", BASE64_URL, 32, 64, Shape.MIXED),
            row("fc-", HEX, 32, 32),
            row("r8_", ALNUM, 37, 37, Shape.MIXED),
            row("pplx-", ALNUM, 40, 56, Shape.MIXED),
            row("xai-", ALNUM, 80, 80),
            // Packages
            row("npm_", ALNUM, 36, 36, Shape.MIXED),
            row("pypi-AgE", BASE64_URL, 50, OPEN),
            row("dckr_pat_", BASE64_URL, 24, 40),
            row("dckr_oat_", BASE64_URL, 24, 48),
            row("rubygems_", HEX, 48, 48),
            row("oy2", LOWER_ALNUM, 43, 43, Shape.DIGIT),
            row("cio", ALNUM, 32, 32, Shape.MIXED),
            row("AKCp", ALNUM, 69, 80),
            row("squ_", HEX, 40, 40),
            row("sqp_", HEX, 40, 40),
            row("sqa_", HEX, 40, 40),
            row("odt_", ALNUM, 32, 64, Shape.MIXED),
            row("clojars_", LOWER_ALNUM, 60, 60),
            // Infrastructure
            row("dop_v1_", HEX, 64, 64),
            row("doo_v1_", HEX, 64, 64),
            row("dor_v1_", HEX, 64, 64),
            row("dapi", HEX | DASH, 32, 34, Shape.DIGIT),
            row("dp.pt.", ALNUM, 40, 44),
            row("dp.ct.", ALNUM, 40, 44),
            row("dp.sa.", ALNUM, 40, 44),
            row("dp.st.", BASE64_URL | DOT, 40, 80),
            row("dp.scim.", ALNUM, 40, 44),
            row("dp.audit.", ALNUM, 40, 44),
            row("hvs.", BASE64_URL, 24, OPEN, Shape.MIXED),
            row("hvb.", BASE64_URL, 24, OPEN, Shape.MIXED),
            row("hvr.", BASE64_URL, 24, OPEN, Shape.MIXED),
            row("s.CAES", BASE64_URL, 60, OPEN, Shape.MIXED),
            row("b.AAAA", BASE64_URL, 60, OPEN, Shape.MIXED),
            row("HRKU-", BASE64_URL, 36, OPEN, Shape.DIGIT),
            row("pul-", HEX, 40, 40),
            row("pscale_tkn_", BASE64_URL | DOT, 32, OPEN),
            row("pscale_oauth_", BASE64_URL | DOT, 32, OPEN),
            row("pscale_pw_", BASE64_URL | DOT, 32, OPEN),
            row("nfp_", ALNUM, 36, 40, Shape.MIXED),
            row("FlyV1 ", BASE64 | UNDERSCORE | MORE, 100, OPEN),
            row("dt0c01.", UPPER_ALNUM | DOT, 85, 100),
            row("dt0s01.", UPPER_ALNUM | DOT, 85, 100),
            row("vercel_blob_rw_", ALNUM | UNDERSCORE, 30, OPEN),
            row("sbp_", HEX, 40, 40),
            row("tskey-", BASE64_URL, 20, OPEN, Shape.DIGIT),
            // Watching
            row("eyJrIjoi", BASE64, 60, 160, Shape.MIXED),
            row("glsa_", ALNUM | UNDERSCORE, 41, 41),
            row("glc_", BASE64, 32, OPEN, Shape.MIXED),
            row("NRAK-", UPPER_ALNUM, 27, 27),
            row("NRII-", BASE64_URL, 32, 32),
            row("NRIQ-", BASE64_URL, 32, 32),
            row("NRAA-", HEX, 27, 27),
            row("NRRA-", HEX, 42, 42),
            row("px-dep-", HEX | DASH, 36, 36, Shape.DIGIT),
            row("px-api-", HEX | DASH, 36, 36, Shape.DIGIT),
            row("sntrys_", BASE64 | UNDERSCORE, 60, OPEN),
            row("sntryu_", HEX, 64, 64),
            row("hawk.", BASE64_URL | DOT, 30, 60, Shape.TWO_PARTS),
            row("phx_", ALNUM, 40, 48),
            // Work
            row("ATATT3", BASE64_URL | EQUALS, 60, OPEN),
            row("ATCTT3", BASE64_URL | EQUALS, 60, OPEN),
            row("ATBB", ALNUM, 32, 32, Shape.MIXED),
            row("figd_", BASE64_URL, 40, 48),
            row("lin_api_", ALNUM, 40, 48, Shape.MIXED),
            row("lin_oauth_", HEX, 64, 64),
            row("ntn_", ALNUM, 40, 50, Shape.DIGIT),
            row("secret_", ALNUM, 43, 43, Shape.DIGIT),
            row("PMAK-", HEX | DASH, 59, 59),
            row("sl.", BASE64_URL, 100, OPEN, Shape.MIXED),
            row("sl.u.", BASE64_URL, 100, OPEN, Shape.MIXED),
            row("aio_", ALNUM, 28, 28, Shape.MIXED),
            row("sgp_", ALNUM | UNDERSCORE, 40, 64, Shape.DIGIT),
            row("sk.eyJ", BASE64_URL | DOT, 40, OPEN),
            row("tk.eyJ", BASE64_URL | DOT, 40, OPEN),
            row("EAACEdEose0cBA", ALNUM, 20, OPEN),
            row("ops_ey", BASE64_URL | PLUS_SLASH, 100, OPEN),
            row("A3-", UPPER_ALNUM | DASH, 32, 40, Shape.DIGIT),
            row("AGE-SECRET-KEY-1", UPPER_ALNUM, 58, 58),
            row("p8e-", BASE64_URL, 32, 32, Shape.DIGIT),
            row("00D", ALNUM | DOT | UNDERSCORE | Ascii.BANG, 100, 130),
            // Digests of passwords, which can be guessed at leisure
            row("$2a$", PASSWORD_HASH, 56, 56, Shape.HASH),
            row("$2b$", PASSWORD_HASH, 56, 56, Shape.HASH),
            row("$2y$", PASSWORD_HASH, 56, 56, Shape.HASH),
            row("$1$", PASSWORD_HASH, 23, 40, Shape.HASH),
            row("$5$", PASSWORD_HASH, 44, 90, Shape.HASH),
            row("$6$", PASSWORD_HASH, 87, 130, Shape.HASH),
            row("$8$", PASSWORD_HASH, 44, 90, Shape.HASH),
            row("$9$", PASSWORD_HASH, 44, 90, Shape.HASH),
            row("$y$", PASSWORD_HASH, 50, 130, Shape.HASH),
            row("$apr1$", PASSWORD_HASH, 23, 40, Shape.HASH),
            row("$argon2id$", PASSWORD_HASH | MORE, 40, 200, Shape.HASH),
            row("$argon2i$", PASSWORD_HASH | MORE, 40, 200, Shape.HASH),
            row("$argon2d$", PASSWORD_HASH | MORE, 40, 200, Shape.HASH),
            row("$scrypt$", PASSWORD_HASH | MORE, 40, 200, Shape.HASH),
            row("$pbkdf2-", PASSWORD_HASH | MORE, 40, 200, Shape.HASH),
            row("$krb5asrep$", PASSWORD_HASH | MORE, 60, OPEN),
            row("$krb5tgs$", PASSWORD_HASH | MORE, 60, OPEN));

    private VendorTokens() {}

    static List<Literal> literals() {
        Stream<Literal> rows = ROWS.stream().map(VendorTokens::literal);
        return Stream.concat(rows, TokenShapes.literals()).toList();
    }

    private static Literal literal(TokenRow row) {
        String prefix = row.prefix();
        for (String rarer : RARER) {
            if (prefix.startsWith(rarer)) {
                return new Literal(
                        rarer,
                        (text, at, from, kinds) ->
                                Ascii.hasAt(text, at, prefix) ? row.verify(text, at, from, kinds) : Found.NONE);
            }
        }
        return new Literal(prefix, row);
    }

    /** {@return the token that begins at an index} It looks at every row: for where something is known to be found. */
    static long at(CharSequence text, int at, long kinds) {
        for (int i = 0; i < ROWS.size(); i++) {
            TokenRow row = ROWS.get(i);
            long found = Ascii.hasAt(text, at, row.prefix()) ? row.verify(text, at, at, kinds) : Found.NONE;
            if (found != Found.NONE) {
                return found;
            }
        }
        return Found.NONE;
    }

    private static TokenRow row(String prefix, int sets, int shortest, int longest) {
        return row(prefix, sets, shortest, longest, Shape.ANY);
    }

    private static TokenRow row(String prefix, int sets, int shortest, int longest, Shape shape) {
        return new TokenRow(prefix, sets, shortest, longest, shape);
    }
}
