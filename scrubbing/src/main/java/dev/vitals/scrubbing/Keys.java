package dev.vitals.scrubbing;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that secrets go by. A name is sensitive when one of its words, or two neighbours taken together, is; unless
 * its last word says that the value is something about the secret ({@code passwordPolicyUrl}, {@code tokenType}).
 */
final class Keys {
    // Longer names are judged by their end, where the word that counts stands.
    private static final int LONGEST = 128;

    private static final Set<String> SECRETS = Set.of(
            "secret",
            "secrets",
            "pwd",
            "pw",
            "credential",
            "credentials",
            "creds",
            "token",
            "tokens",
            "jwt",
            "bearer",
            "apikey",
            "apikeys",
            "accesskey",
            "accesskeys",
            "privatekey",
            "secretkey",
            "signingkey",
            "encryptionkey",
            "masterkey",
            "servicekey",
            "sharedkey",
            "sessionkey",
            "accountkey",
            "storagekey",
            "sshkey",
            "rsakey",
            "hmackey",
            "clientkey",
            "appkey",
            "authkey",
            "deploykey",
            "sessionid",
            "jsessionid",
            "sessid",
            "phpsessid",
            "connectsid",
            "csrf",
            "xsrf",
            "passcode",
            "passkey",
            "otp",
            "totp",
            "dbpass",
            "userpass",
            "mypass",
            "adminpass",
            "rootpass",
            "mailpass",
            "smtppass",
            "redispass",
            "proxypass",
            "dbpw",
            "seedphrase",
            "passwort",
            "kennwort");

    private static final Set<String> LINES = Set.of("authorization", "cookie", "cookies", "setcookie");

    private static final Set<String> IN_URLS = Set.of("sig", "signature", "auth");

    /** Last words that name something about a secret, and what classes and files end in. */
    private static final Set<String> ABOUT = Set.of(
            "url",
            "uri",
            "page",
            "path",
            "file",
            "filename",
            "policy",
            "length",
            "len",
            "size",
            "count",
            "counter",
            "type",
            "kind",
            "name",
            "enabled",
            "disabled",
            "required",
            "optional",
            "valid",
            "invalid",
            "validity",
            "strength",
            "expiry",
            "expires",
            "expired",
            "expiration",
            "at",
            "in",
            "ttl",
            "timeout",
            "age",
            "lifetime",
            "changed",
            "change",
            "updated",
            "update",
            "created",
            "date",
            "time",
            "timestamp",
            "encoder",
            "decoder",
            "service",
            "manager",
            "filter",
            "provider",
            "factory",
            "handler",
            "controller",
            "repository",
            "exception",
            "error",
            "errors",
            "failure",
            "config",
            "configuration",
            "settings",
            "properties",
            "validator",
            "generator",
            "resolver",
            "interceptor",
            "endpoint",
            "exists",
            "present",
            "missing",
            "format",
            "algorithm",
            "alg",
            "scheme",
            "issuer",
            "audience",
            "limit",
            "budget",
            "usage",
            "java",
            "kt",
            "scala",
            "groovy",
            "class",
            "bean",
            "version",
            "status",
            "builder",
            "parser",
            "reader",
            "writer",
            "less");

    /** What stands before "tokens" where they are counted, as language models do. */
    private static final Set<String> COUNTED = Set.of(
            "max",
            "min",
            "total",
            "prompt",
            "completion",
            "input",
            "output",
            "num",
            "used",
            "cached",
            "remaining",
            "reasoning",
            "of",
            "per",
            "available");

    private Keys() {}

    static KeyKind judge(CharSequence text, int from, int to) {
        Words words = new Words(text, Math.max(from, to - LONGEST), to);
        KeyKind kind = KeyKind.ORDINARY;
        boolean about = false;
        String previous = null;
        int count = 0;
        for (String word = words.next(); word != null; word = words.next()) {
            KeyKind found = judge(previous, word);
            about = found == KeyKind.ORDINARY && ABOUT.contains(word);
            if (found != KeyKind.ORDINARY && (kind == KeyKind.ORDINARY || kind == KeyKind.SECRET_IN_URL)) {
                kind = found;
            }
            previous = word;
            count++;
        }
        if (count == 1 && "pass".equals(previous)) {
            return KeyKind.SECRET;
        }
        return about ? KeyKind.ORDINARY : kind;
    }

    /** {@return whether two words of a sentence are one name, as in "api key"} */
    static boolean isPair(CharSequence text, int from, int to) {
        Words words = new Words(text, Math.max(from, to - LONGEST), to);
        String previous = null;
        String last = null;
        for (String word = words.next(); word != null; word = words.next()) {
            previous = last;
            last = word;
        }
        return previous != null && SECRETS.contains(previous + last);
    }

    private static KeyKind judge(@Nullable String previous, String word) {
        if (word.equals("tokens") && previous != null && COUNTED.contains(previous)) {
            return KeyKind.ORDINARY;
        }
        if (LINES.contains(word)) {
            return KeyKind.SECRET_LINE;
        }
        if (SECRETS.contains(word) || isGlued(word) || (previous != null && SECRETS.contains(previous + word))) {
            return KeyKind.SECRET;
        }
        return IN_URLS.contains(word) ? KeyKind.SECRET_IN_URL : KeyKind.ORDINARY;
    }

    // "dbpassword", "clientsecret": where nothing marks the words, the end (or for "password" any part) must do.
    private static boolean isGlued(String word) {
        return word.endsWith("secret")
                || word.endsWith("token")
                || word.endsWith("pwd")
                || word.endsWith("apikey")
                || word.endsWith("credentials")
                || word.contains("passwd")
                || word.contains("passphrase")
                || (word.contains("password") && !word.equals("passwordless"));
    }
}
