package dev.vitals.scrubbing;

import java.util.List;

/**
 * Email addresses (RFC 5321, RFC 6531) as people write them: a local part of letters, digits and {@code ._%+-'}, or in
 * quotes, and a domain with a dot and a top-level label of letters; the {@code @} may be percent-encoded ({@code %40}). A
 * domain literal ({@code user@[10.0.0.1]}) is not seen.
 */
final class Emails {
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_DOMAIN = 253;
    private static final int LONGEST_TOP = 24;
    private static final int FIRST_EAST_ASIAN = 0x2e80;

    // What stands before an @ and is nobody: a remote of git, labels of Kotlin.
    private static final String[] NOBODY = {"git", "this", "super", "return"};

    // What looks like a top-level label and is the end of a file's or of a systemd unit's name.
    private static final String[] NO_TOP = {
        "png",
        "jpg",
        "jpeg",
        "gif",
        "svg",
        "webp",
        "ico",
        "css",
        "js",
        "mjs",
        "json",
        "xml",
        "yaml",
        "yml",
        "html",
        "jar",
        "war",
        "class",
        "java",
        "kt",
        "txt",
        "log",
        "properties",
        "service",
        "socket",
        "target",
        "slice",
        "scope",
        "timer",
        "mount",
        "swap",
        "device"
    };

    private static final String ENCODED = "%40";

    private Emails() {}

    static List<Literal> literals() {
        return List.of(
                new Literal(ENCODED, (text, at, from, kinds) -> around(text, at, at + ENCODED.length(), from, kinds)));
    }

    /** {@return the address around an {@code @}} */
    static long atSign(CharSequence text, int at, int from, long kinds) {
        return around(text, at, at + 1, from, kinds);
    }

    private static long around(CharSequence text, int at, int domain, int from, long kinds) {
        if (at <= from || domain + 3 > text.length() || !Kind.EMAIL.in(kinds) || !inLabel(text.charAt(domain))) {
            return Found.NONE;
        }
        char last = text.charAt(at - 1);
        if (last != '"' && !endsLocal(last)) {
            return Found.NONE;
        }
        int end = domainEnd(text, domain);
        if (end < 0) {
            return Found.NONE;
        }
        int start = last == '"' ? quotedStart(text, at, from) : localStart(text, at, from);
        if (domain > at + 1) {
            start = afterEncoded(text, start, at);
        }
        if (start >= at || isNobody(text, start, at) || isHashCode(text, start, at)) {
            return Found.NONE;
        }
        return Found.of(Kind.EMAIL, start, end);
    }

    private static boolean endsLocal(char c) {
        return c < 128 ? Ascii.is(c, Ascii.BASE64_URL) || c == '+' : isLetter(c);
    }

    private static boolean inLabel(char c) {
        return c < 128 ? Ascii.is(c, Ascii.ALNUM) : isLetter(c);
    }

    private static boolean isLetter(char c) {
        if (Character.isLetterOrDigit(c)) {
            return true;
        }
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static int localStart(CharSequence text, int at, int from) {
        int lowest = Math.max(from, at - LONGEST_LOCAL);
        boolean latin = false;
        int i = at;
        while (i > lowest) {
            char c = text.charAt(i - 1);
            // Chinese and Japanese have no blanks: where an address in ASCII begins, the sentence before it ends.
            boolean local = endsLocal(c) ? !(latin && c >= FIRST_EAST_ASIAN) : joins(text, i - 1, lowest);
            if (!local) {
                break;
            }
            latin |= Ascii.is(c, Ascii.LETTER);
            i--;
        }
        if (Ascii.isAt(text, i - 1, '@')) {
            return at;
        }
        i = afterEscape(text, i, at);
        while (i < at && !inLabel(text.charAt(i)) && text.charAt(i) != '_') {
            i++;
        }
        return i;
    }

    // A dot, a percent sign, an apostrophe: only between two others, so that 'bob@x.org' and ...bob@x.org begin at bob.
    private static boolean joins(CharSequence text, int at, int lowest) {
        char c = text.charAt(at);
        if (c != '.' && c != '%' && c != '\'') {
            return false;
        }
        return at > lowest && endsLocal(text.charAt(at - 1)) && endsLocal(text.charAt(at + 1));
    }

    // In JSON a newline may stand before the address as two characters, or, as Gson writes it, a < as six.
    private static int afterEscape(CharSequence text, int start, int at) {
        if (!Ascii.isAt(text, start - 1, '\\')) {
            return start;
        }
        char c = text.charAt(start);
        if (c == 'u' && start + 5 < at && Ascii.endsEscape(text, start + 5)) {
            return start + 5;
        }
        return c == 'n' || c == 'r' || c == 't' ? start + 1 : start;
    }

    // In "to%3Djane%2Bshop%40acme.org" only the plus is hers.
    private static int afterEncoded(CharSequence text, int start, int at) {
        int first = start;
        for (int i = start + 3; i < at; i++) {
            boolean plus = text.charAt(i - 2) == '2' && (text.charAt(i - 1) | 0x20) == 'b';
            first = text.charAt(i - 3) == '%' && Ascii.endsEscape(text, i) && !plus ? i : first;
        }
        return first;
    }

    private static int quotedStart(CharSequence text, int at, int from) {
        int lowest = Math.max(from, at - LONGEST_LOCAL);
        int i = at - 2;
        while (i >= lowest && (endsLocal(text.charAt(i)) || text.charAt(i) == ' ' || text.charAt(i) == '.')) {
            i--;
        }
        boolean opens = i >= lowest && text.charAt(i) == '"' && i + 2 < at && inLabel(text.charAt(i + 1));
        boolean alone = i == 0 || (i > 0 && (Chars.isSpace(text.charAt(i - 1)) || text.charAt(i - 1) == '<'));
        return opens && alone ? i : at;
    }

    /** {@return the end of a domain, negative where there is none} */
    private static int domainEnd(CharSequence text, int from) {
        int limit = Math.min(text.length(), from + LONGEST_DOMAIN);
        int label = from;
        int labels = 0;
        int i = from;
        while (true) {
            while (i < limit && (inLabel(text.charAt(i)) || text.charAt(i) == '-')) {
                i++;
            }
            boolean more = i + 1 < limit && i > label && text.charAt(i) == '.' && inLabel(text.charAt(i + 1));
            if (!more) {
                break;
            }
            labels++;
            label = ++i;
        }
        if (labels == 0 || isVersion(text, from) || isScaled(text, from)) {
            return -1;
        }
        int end = topEnd(text, label, i);
        return end < 0 || isClassName(text, from, label, end) ? -1 : end;
    }

    private static int topEnd(CharSequence text, int from, int to) {
        if (Chars.matches(text, from, "xn--")) {
            return to - from > 5 ? to : -1;
        }
        boolean ascii = text.charAt(from) < 128;
        int end = from;
        while (end < to && (ascii ? Ascii.is(text.charAt(end), Ascii.LETTER) : text.charAt(end) >= 128)) {
            end++;
        }
        int length = end - from;
        if (length < 2 || length > LONGEST_TOP || (end < to && Ascii.isAt(text, end, Ascii.DIGIT))) {
            return -1;
        }
        for (String no : NO_TOP) {
            if (no.length() == length && Chars.matches(text, from, no)) {
                return -1;
            }
        }
        return end;
    }

    // name@1.2.beta, java.base@25.0.ea: a version. 163.com is a domain.
    private static boolean isVersion(CharSequence text, int from) {
        int i = Ascii.runEnd(text, from, Ascii.DIGIT, from + 8);
        return i > from && Ascii.isAt(text, i, '.') && Ascii.isAt(text, i + 1, Ascii.DIGIT);
    }

    // logo@2x.webm: an image at twice its size.
    private static boolean isScaled(CharSequence text, int from) {
        return Ascii.isAt(text, from, Ascii.DIGIT)
                && Ascii.isAt(text, from + 1, 'x')
                && Ascii.isAt(text, from + 2, '.');
    }

    // something@com.acme.Foo
    private static boolean isClassName(CharSequence text, int from, int top, int end) {
        return Ascii.isAt(text, from, Ascii.LOWER)
                && Ascii.isAt(text, top, Ascii.UPPER)
                && Ascii.isAt(text, end - 1, Ascii.LOWER);
    }

    private static boolean isNobody(CharSequence text, int start, int at) {
        for (String nobody : NOBODY) {
            if (nobody.length() == at - start && Ascii.hasAt(text, start, nobody)) {
                return true;
            }
        }
        return false;
    }

    // com.acme.Order@4b1c1ea0.total: what Object.toString prints, and more behind it.
    private static boolean isHashCode(CharSequence text, int start, int at) {
        int end = Ascii.runEnd(text, at + 1, Ascii.HEX, at + 10);
        int length = end - at - 1;
        if (length < 6 || length > 8 || !Ascii.isAt(text, end, '.')) {
            return false;
        }
        int name = at;
        while (name > start && Ascii.is(text.charAt(name - 1), Ascii.ALNUM)) {
            name--;
        }
        return Ascii.isAt(text, name, Ascii.UPPER);
    }
}
