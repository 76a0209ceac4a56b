package dev.vitals.scrubbing;

import java.util.HashMap;
import java.util.Map;

/** What single words in a name say about the value that goes by it, as bits. */
final class KeyWords {
    static final int SECRET = 1;
    static final int LINE = 2;
    static final int IN_URL = 4;
    static final int ABOUT = 8;
    static final int COUNTED = 16;

    private static final String SECRETS = """
            cvv cvc motdepasse contraseña contrasena senha wachtwoord passord hasło
            presharedkey licensekey licencekey authpass apppass apipass botpass ftppass keypass storepass sudopass
            secret secrets pwd pw credential credentials creds token tokens jwt bearer apikey apikeys accesskey
            accesskeys privatekey secretkey signingkey encryptionkey masterkey servicekey sharedkey sessionkey
            accountkey storagekey sshkey rsakey hmackey clientkey appkey authkey deploykey sessionid jsessionid
            sessid phpsessid connectsid csrf xsrf passcode passkey otp totp dbpass userpass mypass adminpass
            rootpass mailpass smtppass redispass proxypass dbpw seedphrase passwort kennwort
            password passphrase
            """;

    /** Headers, whose secrets have spaces in them. */
    private static final String LINES = "authorization cookie cookies setcookie";

    /** Secrets in the query of a URL, ordinary words elsewhere. */
    private static final String IN_URLS = "sig signature auth";

    /** Last words that name something about a secret, and what classes and files end in. */
    private static final String ABOUTS = """
            url uri page path file filename policy length len size count counter type kind name enabled disabled
            required optional valid invalid validity strength expiry expires expired expiration at in ttl
            timeout age lifetime changed change updated update created date time timestamp encoder decoder
            service manager filter provider factory handler controller repository exception error errors failure
            config configuration settings properties validator generator resolver interceptor endpoint exists
            present missing format algorithm alg scheme issuer audience limit budget usage java jar kt scala groovy
            class bean version status builder parser reader writer less ref header
            """;

    /** What stands before "tokens" where they are counted, as language models do. */
    private static final String COUNTS = """
            max min total prompt completion input output num used cached remaining reasoning of per available
            """;

    /** All that makes a name sensitive. */
    static final String SENSITIVE = SECRETS + LINES + " " + IN_URLS;

    static final WordTable TABLE = table();

    private KeyWords() {}

    private static WordTable table() {
        Map<String, Integer> meanings = new HashMap<>();
        add(meanings, SECRETS, SECRET);
        add(meanings, LINES, LINE);
        add(meanings, IN_URLS, IN_URL);
        add(meanings, ABOUTS, ABOUT);
        add(meanings, COUNTS, COUNTED);
        return new WordTable(meanings);
    }

    private static void add(Map<String, Integer> meanings, String words, int meaning) {
        WordTable.words(words).forEach(word -> meanings.merge(word, meaning, (one, other) -> one | other));
    }
}
