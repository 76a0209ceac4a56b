package dev.vitals.scrubbing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over one text: each character is looked up once, what a trigger calls looks at a bounded window or at what is
 * then left behind, so that the time is linear in the text, whatever the text. Allocates nothing until something is found.
 */
final class Pass {
    /** How far behind the end of what is kept a finding that begins before it is followed. */
    private static final int AHEAD = 4096;

    /** How often a result is looked at again, at most. */
    static final int MOST_LOOKS = 8;

    private Pass() {}

    /** {@return the text without what is private, the same instance where there was nothing} */
    static CharSequence scrub(CharSequence text, boolean url, Rules rules) {
        if (text.length() <= rules.longest()) {
            return scrubWhole(text, url, rules);
        }
        int kept = kept(text, rules.longest());
        CharSequence read = text.subSequence(0, Math.min(text.length(), kept + AHEAD));
        Findings findings = findIn(read, url, rules);
        StringBuilder out = findings == null
                ? new StringBuilder(kept + AHEAD).append(text, 0, kept)
                : findings.replace(read, kept, rules);
        return out.append(Labels.CUT);
    }

    // What is glued together may be seen only when its neighbour is gone: a look at the result makes scrubbing
    // idempotent.
    private static CharSequence scrubWhole(CharSequence text, boolean url, Rules rules) {
        CharSequence result = text;
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            Findings findings = findIn(result, url, rules);
            if (findings == null) {
                return result;
            }
            result = findings.replace(result, result.length(), rules).toString();
            if (!rules.own().isEmpty() || !findings.freeMore(result, rules)) {
                return result;
            }
        }
        return result;
    }

    private static @Nullable Findings findIn(CharSequence whole, boolean url, Rules rules) {
        CharSequence text = Copy.of(whole);
        try {
            return url ? findInUrl(text, rules) : find(text, rules);
        } finally {
            Copy.release(text);
        }
    }

    /** {@return what is private in a text, and what is behind the limit} */
    static List<Finding> list(CharSequence text, Rules rules) {
        if (text.length() <= rules.longest()) {
            Findings findings = findIn(text, false, rules);
            return findings == null ? List.of() : findings.toList(text.length(), rules);
        }
        int kept = kept(text, rules.longest());
        Findings findings = findIn(text.subSequence(0, Math.min(text.length(), kept + AHEAD)), false, rules);
        List<Finding> list = findings == null ? new ArrayList<>() : findings.toList(kept, rules);
        int end = list.isEmpty() ? 0 : list.get(list.size() - 1).end();
        list.add(new Finding(Kind.SECRET, Math.max(kept, end), text.length()));
        return list;
    }

    /** {@return where a text that is too long is cut, not between the two halves of one character} */
    static int kept(CharSequence text, int longest) {
        return Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    }

    static @Nullable Findings find(CharSequence text, Rules rules) {
        return find(text, 0, text.length(), -1, rules, null, false);
    }

    /** {@return whether a part of a text has something in it that begins there} */
    static boolean findsAny(CharSequence text, int start, int end, Rules rules) {
        return find(text, start, end, -1, rules, null, false) != null;
    }

    /**
     * {@return whether JSON text has nothing private in it, and no name whose value is private whatever it is} For text
     * without a backslash, which hides nothing.
     */
    static boolean isOrdinaryJson(String json, Rules rules) {
        if (json.length() > rules.longest()) {
            return false;
        }
        CharSequence text = Copy.of(json);
        try {
            return find(text, 0, json.length(), -1, rules, null, true) == null;
        } finally {
            Copy.release(text);
        }
    }

    /** {@return the findings in a text that is a URL as a whole, an absolute or a relative one; null for none} */
    static @Nullable Findings findInUrl(CharSequence url, Rules rules) {
        boolean noScheme = url.length() > 1 && url.charAt(0) == '/' && url.charAt(1) == '/';
        if (noScheme) {
            int at = Urls.userInfoEnd(url, 2, url.length(), Urls.lastAt(url, 2, url.length()));
            long found = credentials(url, 2, at, rules);
            if (found != Found.NONE) {
                Findings findings = new Findings();
                findings.add(found);
                return find(url, at, url.length(), url.length(), rules, findings, false);
            }
        }
        return find(url, 0, url.length(), url.length(), rules, null, false);
    }

    private static @Nullable Findings find(
            CharSequence text,
            int start,
            int end,
            int wholeUrl,
            Rules rules,
            @Nullable Findings before,
            boolean glance) {
        Findings findings = before;
        Triggers triggers = rules.triggers();
        int from = start;
        int urlEnd = wholeUrl;
        int lastAt = wholeUrl < 0 ? -1 : Urls.lastAt(text, start, wholeUrl);
        int hostEnd = -1;
        for (int i = triggers.next(text, start); i < end; i = triggers.next(text, Math.max(i + 1, from))) {
            int action = triggers.at(text, i);
            if (action == Triggers.COLON) {
                if (i > 0 && text.charAt(i - 1) == '"' && isOrdinaryName(text, i, rules.keys())) {
                    continue;
                }
                if (isLineOfFile(text, i, rules.keys())) {
                    continue;
                }
                if (glance && JsonTokens.isSensitive(text, i, rules)) {
                    return new Findings();
                }
            }
            int harmless = action == Triggers.DIGIT ? Harmless.end(text, i) : i;
            if (harmless > i) {
                i = harmless - 1;
                continue;
            }
            long found;
            if ((action & Triggers.COLON) != 0 && Urls.begins(text, i)) {
                int authority = Urls.authority(text, i);
                if (authority >= urlEnd) {
                    urlEnd = Urls.end(text, authority);
                    lastAt = Urls.lastAt(text, authority, urlEnd);
                }
                int at = Urls.userInfoEnd(text, authority, urlEnd, lastAt);
                hostEnd = Urls.hostEnd(text, at, urlEnd);
                // An application's own literal may have been entered by this colon: ftp:
                long own =
                        (action & Triggers.LITERAL) == 0 ? Found.NONE : triggers.literal(text, i, from, rules.kinds());
                found = own == Found.NONE ? credentials(text, authority, at, rules) : own;
            } else {
                found = look(text, i, action, from, i < hostEnd, urlEnd, rules);
            }
            if (found != Found.NONE) {
                from = Found.end(found);
                if (glance || !rules.allows(text, found)) {
                    findings = findings == null ? new Findings() : findings;
                    findings.add(found);
                }
            }
            if (glance && findings != null) {
                return findings;
            }
        }
        return findings;
    }

    // OrderService.java:167, each line of a stack trace; spring-web-7.0.9.jar:7.0.9
    private static boolean isLineOfFile(CharSequence text, int colon, Keys keys) {
        return colon + 1 < text.length() && Digits.isDigit(text.charAt(colon + 1)) && keys.isFile(text, colon);
    }

    // The names of JSON, most of what it has colons for.
    private static boolean isOrdinaryName(CharSequence text, int colon, Keys keys) {
        char next = colon + 1 < text.length() ? text.charAt(colon + 1) : ' ';
        boolean alone = next != ':' && next != '/' && next != '\\'; // no IPv6 address, no URL
        return alone && keys.isOrdinaryQuoted(text, colon - 1) && !Pairs.isValue(text, colon - 1);
    }

    private static long credentials(CharSequence text, int start, int end, Rules rules) {
        boolean replaced =
                end > start && (Labels.end(text, start) == end || isTold(text, start, end) || isGit(text, start, end));
        return replaced || !Kind.CREDENTIALS.in(rules.kinds()) ? Found.NONE : Found.of(Kind.CREDENTIALS, start, end);
    }

    // https://${USER}:${PASSWORD}@host
    private static boolean isTold(CharSequence text, int start, int end) {
        int colon = start;
        while (colon < end && text.charAt(colon) != ':') {
            colon++;
        }
        return Placeholders.isOne(text, start, colon)
                && (colon == end || (colon + 1 < end && Placeholders.isOne(text, colon + 1, end)));
    }

    // Everybody's user at every forge: ssh://git@github.com.
    private static boolean isGit(CharSequence text, int start, int end) {
        return end - start == 3 && Chars.matches(text, start, "git");
    }

    private static long look(CharSequence text, int at, int action, int from, boolean inHost, int urlEnd, Rules rules) {
        long kinds = rules.kinds();
        long found = Found.NONE;
        if ((action & Triggers.LITERAL) != 0) {
            found = rules.triggers().literal(text, at, from, kinds);
        }
        if (found == Found.NONE && (action & Triggers.DIGIT) != 0) {
            found = Addresses.atDigit(text, at, from, kinds);
            return found == Found.NONE ? Numbers.atDigit(text, at, from, kinds) : found;
        }
        if (found == Found.NONE && (action & (Triggers.COLON | Triggers.EQUALS)) != 0) {
            if (!inHost && Kind.SECRET.in(kinds)) {
                found = Names.value(text, at, from, urlEnd, rules.keys());
                found = found == Found.NONE && at >= urlEnd ? Pairs.value(text, at, rules.keys()) : found;
            }
            if (found == Found.NONE && (action & Triggers.COLON) != 0) {
                found = Addresses.atColon(text, at, from, kinds);
            }
            return found;
        }
        if (found == Found.NONE && (action & Triggers.AT) != 0) {
            found = Emails.atSign(text, at, from, kinds);
        }
        return found;
    }
}
