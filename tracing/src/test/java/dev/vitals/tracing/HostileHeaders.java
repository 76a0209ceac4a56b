package dev.vitals.tracing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes headers as an attacker might: good ones with a few faults, noise, too long ones, too many; always the same ones. */
final class HostileHeaders {
    private static final String ALPHABET = "0123456789abcdefABCDEF-=,;:%\"\\[]._  \t\u0000\r\n\u007fé٠\uD83D$";
    private static final String[][] GOOD = {
        {
            "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more"
        },
        {"tracestate", "vendor=value,other@tenant=1:2", "a=1"},
        {"baggage", "user=al%20ice;private,tenant = acme ; a = b", "k=v"},
        {"b3", "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90", "0"},
        {"X-B3-TraceId", "80f198ee56343ba864fe8b2a57d3eff7", "e457b5a2e4d86bd1"},
        {"X-B3-SpanId", "e457b5a2e4d86bd1"},
        {"X-B3-Sampled", "1", "true"},
        {"Forwarded", "for=192.0.2.60;proto=https;host=\"shop.example:81\", for=\"[2001:db8::7]:80\";by=10.0.0.1"},
        {"X-Forwarded-For", "192.0.2.60, 10.0.0.3", "2001:db8::7"},
        {"X-Forwarded-Proto", "https, http"},
        {"X-Forwarded-Host", "shop.example:81, in.example"},
        {"X-Forwarded-Port", "443"},
        {"Host", "shop.example:8443", "[2001:db8::7]:80"},
        {"User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"}
    };

    private final Random random;

    HostileHeaders(long seed) {
        random = new Random(seed);
    }

    /** Names and values. */
    String[] next() {
        List<String> headers = new ArrayList<>();
        for (String[] good : GOOD) {
            // Half of the time one is not there, so that every propagator has its turn.
            for (int i = random.nextInt(8) < 4 ? 0 : 1 + random.nextInt(8) / 7; i > 0; i--) {
                headers.add(good[0]);
                headers.add(value(good[1 + random.nextInt(good.length - 1)]));
            }
        }
        return headers.toArray(String[]::new);
    }

    private String value(String good) {
        return switch (random.nextInt(64)) {
            case 0 -> noise(4_000);
            case 1 -> (good + ",").repeat(1 + random.nextInt(200));
            case 2 ->
                String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length())))
                        .repeat(random.nextInt(9_000));
            case 3, 4, 5, 6, 7, 8, 9, 10 -> noise(80);
            case 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 -> good;
            default -> mutated(good);
        };
    }

    private String mutated(String good) {
        var mutated = new StringBuilder(good);
        for (int i = 1 + random.nextInt(3); i > 0 && mutated.length() > 0; i--) {
            int at = random.nextInt(mutated.length());
            char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(4)) {
                case 0 -> mutated.deleteCharAt(at);
                case 1 -> mutated.insert(at, c);
                case 2 -> mutated.setLength(at);
                default -> mutated.setCharAt(at, c);
            }
        }
        return mutated.toString();
    }

    private String noise(int longest) {
        var noise = new StringBuilder();
        for (int i = random.nextInt(longest); i > 0; i--) {
            noise.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return noise.toString();
    }
}
