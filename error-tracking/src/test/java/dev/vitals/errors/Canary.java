package dev.vitals.errors;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something private of each kind, in as many different forms as there are fields, so that one that got out is known by its number. */
@SuppressWarnings("ImmutableEnumChecker") // its functions have no state
enum Canary {
    EMAIL("email address", i -> "jane%05d@corp-mail.org".formatted(i), "jane(\\d{5})"),
    CARD("card number", i -> luhn("411111%09d".formatted(i)), "411111(\\d{9})"),
    IBAN("IBAN", Canary::iban, "37040044(\\d{10})"),
    SSN(
            "US social security number",
            i -> "219-%02d-%04d".formatted(i / 9000 + 1, i % 9000 + 1000),
            "219-(\\d\\d-\\d{4})") {
        @Override
        int number(String found) {
            return (Integer.parseInt(found.substring(0, 2)) - 1) * 9000 + Integer.parseInt(found.substring(3)) - 1000;
        }
    },
    PHONE("phone number", i -> "+49 30 12%05d".formatted(i), "30 12(\\d{5})"),
    IPV4("IPv4 address", i -> "83.41.%d.%d".formatted(i / 200 + 1, i % 200 + 1), "83\\.41\\.(\\d+\\.\\d+)") {
        @Override
        int number(String found) {
            int dot = found.indexOf('.');
            return (Integer.parseInt(found.substring(0, dot)) - 1) * 200
                    + Integer.parseInt(found.substring(dot + 1))
                    - 1;
        }
    },
    IPV6("IPv6 address", i -> "2a02:26f7:c48:%04x:0:0:1:2".formatted(i), "c48:([0-9a-f]{4})") {
        @Override
        int number(String found) {
            return Integer.parseInt(found, 16);
        }
    },
    MAC("MAC address", i -> "00:1b:44:%02x:%02x:b7".formatted(i / 256, i % 256), "1b:44:(..:..)") {
        @Override
        int number(String found) {
            return Integer.parseInt(found.replace(":", ""), 16);
        }
    },
    JWT(
            "JSON web token",
            i -> "eyJhbGciOiJIUzI1NiJ9." + base64("{\"sub\":\"abc\"}") + ".c2lnbmF0dXJlLW9m%06dYWJjZGVm".formatted(i),
            "dXJlLW9m(\\d{6})"),
    PEM(
            "PEM private key",
            i ->
                    "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC%06dBKcwggSjAgEAAoIB\n-----END PRIVATE KEY-----"
                            .formatted(i),
            "EFAASC(\\d{6})"),
    BEARER("`Bearer`", i -> "Bearer abcDEF%06dghijkl".formatted(i), "abcDEF(\\d{6})"),
    BASIC("`Basic`", i -> "Basic amFuZTpodW50%06dAAAA".formatted(i), "amFuZTpodW50(\\d{6})"),
    USER_INFO("password in a URL", i -> "https://jane:pw%06d@db.corp-mail.org/x".formatted(i), "pw(\\d{6})"),
    PASSWORD("`password=`", i -> "login failed, password=hunter%06d".formatted(i), "hunter(\\d{6})"),
    AWS("AWS access key", i -> "AKIAIOSFOD" + letters(i) + "QRST", "AKIAIOSFOD([A-J]{6})") {
        @Override
        int number(String found) {
            return Integer.parseInt(found.chars()
                    .map(c -> c - 'A' + '0')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
        }
    },
    GITHUB("GitHub token", i -> "ghp_aB3dE6gH9jK2mN5pQ8sT1vW4xY7z%06dZz".formatted(i), "xY7z(\\d{6})"),
    HOME("user name in a path", i -> "/home/pieter%05d/app.log".formatted(i), "pieter(\\d{5})"),
    /** Nothing tells that it is private but the name that it goes by. */
    NAMED("value of the name `password`", i -> "quiet%06dhill".formatted(i), "quiet(\\d{6})"),
    /** The same among the names that sentry-python does not know. */
    NAMED_OTHERWISE("value of the name `dbPassword`", i -> "green%06ddale".formatted(i), "green(\\d{6})"),
    CARD_AS_NUMBER("card number, as a number", i -> luhn("411111%09d".formatted(i)), "411111(\\d{9})");

    final String title;
    private final IntFunction<String> form;
    private final Pattern known;

    Canary(String title, IntFunction<String> form, String known) {
        this.title = title;
        this.form = form;
        this.known = Pattern.compile(known);
    }

    String of(int number) {
        return form.apply(number);
    }

    int number(String found) {
        return Integer.parseInt(found);
    }

    /** {@return the numbers of all that are in a text} */
    Set<Integer> in(String text) {
        Set<Integer> numbers = new HashSet<>();
        Matcher matcher = known.matcher(text);
        while (matcher.find()) {
            numbers.add(number(matcher.group(1)));
        }
        return numbers;
    }

    private static String luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            sum += i % 2 == 0 ? digit * 2 - (digit > 4 ? 9 : 0) : digit;
        }
        return digits + (10 - sum % 10) % 10;
    }

    private static String iban(int number) {
        String account = "37040044%010d".formatted(number);
        int check = 98
                - new java.math.BigInteger(account + "131400")
                        .mod(java.math.BigInteger.valueOf(97))
                        .intValue();
        return "DE%02d%s".formatted(check, account);
    }

    private static String letters(int number) {
        return "%06d"
                .formatted(number)
                .chars()
                .map(c -> c - '0' + 'A')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
