package dev.vitals.scrubbing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Runs the number detectors alone over a text, as the pass does: at each first digit of a run, on behind a finding. */
final class NumberCases {
    private NumberCases() {}

    /** Asserts that what stands between the marks is found as this kind, and nothing else; without marks, nothing is. */
    static void check(Kind kind, String marked) {
        List<String> expected = new ArrayList<>();
        String[] parts = marked.split("[«»]", -1);
        for (int i = 1; i < parts.length; i += 2) {
            expected.add(kind + " " + parts[i]);
        }
        assertThat(find(marked.replaceAll("[«»]", ""), Kind.ALL)).as(marked).isEqualTo(expected);
    }

    static List<String> find(CharSequence text, long kinds) {
        List<String> found = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean first = isDigit(text, i) && !(i > 0 && isDigit(text, i - 1));
            if (first && i >= from && Numbers.mayBegin(text, i) && Harmless.end(text, i) == i) {
                long finding = Numbers.atDigit(text, i, from, kinds);
                if (finding != Found.NONE) {
                    if (Found.start(finding) < from || Found.start(finding) > i || Found.end(finding) <= i) {
                        throw new AssertionError(text + ": " + Found.start(finding) + " to " + Found.end(finding));
                    }
                    from = Found.end(finding);
                    String value = text.toString().substring(Found.start(finding), from);
                    found.add(Kind.BUILT_IN.get(Found.kind(finding)) + " " + value);
                }
            }
        }
        return found;
    }

    private static boolean isDigit(CharSequence text, int at) {
        return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    /** {@return the digits with the check digit of Luhn that they want behind them} */
    static String luhn(String digits) {
        for (char last = '0'; last <= '9'; last++) {
            String number = digits + last;
            int sum = 0;
            for (int i = 0; i < number.length(); i++) {
                int digit = Character.digit(number.charAt(number.length() - 1 - i), 10);
                sum += i % 2 == 0 ? digit : digit / 5 + digit * 2 % 10;
            }
            if (sum % 10 == 0) {
                return number;
            }
        }
        throw new AssertionError(digits);
    }
}
