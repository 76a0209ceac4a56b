package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensitiveKeysTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "PASSWORD",
                "dbPassword",
                "db_password",
                "DB_PASSWORD_PROD",
                "passWord",
                "pass_word",
                "dbPassPhrase",
                "user[password]",
                "user.password",
                "user%5Bpassword%5D",
                "password1",
                "newPasswords",
                "passwordHash",
                "passwd",
                "pwd",
                "MYSQL_PWD",
                "pass",
                "dbpassword",
                "passphrase",
                "ssl-key-passphrase",
                "secret",
                "clientSecret",
                "clientsecret",
                "SECRET_KEY_BASE",
                "X-Api-Key",
                "apiKey",
                "APIKey",
                "apikey",
                "api.key",
                "X-Auth-Token",
                "access_token",
                "accessToken",
                "refreshtoken",
                "csrfToken",
                "_csrf",
                "Authorization",
                "Proxy-Authorization",
                "Cookie",
                "Set-Cookie",
                "credential",
                "credentials",
                "private_key",
                "privateKeyPem",
                "AWS_ACCESS_KEY_ID",
                "session id",
                "sessionId",
                "JSESSIONID",
                "PHPSESSID",
                "ASP.NET_SessionId",
                "connect.sid",
                "OAuth2Token",
                "tokens",
                "jwt",
                "AccountKey"
            })
    void secretsGoByTheseNames(String key) {
        assertThat(Scrubber.standard().isSensitiveKey(key)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "user",
                "username",
                "key",
                "keys",
                "keyboard",
                "monkey",
                "author",
                "authors",
                "tokenizer",
                "compass",
                "passenger",
                "bypass",
                "first_pass",
                "secretary",
                "session",
                "sessions",
                "id",
                "apiVersion",
                "cookieName",
                "passwordPolicyUrl",
                "passwordLength",
                "password_changed_at",
                "passwordRequired",
                "passwordEncoder",
                "passwordless",
                "tokenType",
                "token_count",
                "tokenExpiresIn",
                "access_token_ttl",
                "maxTokens",
                "prompt_tokens",
                "secretName",
                "credentialsFile",
                "TokenFilter.java",
                "InvalidKeyException",
                "primaryKey",
                "foreign_key",
                "keyspace",
                "hotkey",
                "signature",
                "auth",
                "oauth",
                "1234",
                "[]",
                "%5B",
                "publicKey",
                "partition-key"
            })
    void ordinaryThingsGoByThese(String key) {
        assertThat(Scrubber.standard().isSensitiveKey(key)).isFalse();
    }
}
