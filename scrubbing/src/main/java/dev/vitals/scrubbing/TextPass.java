package dev.vitals.scrubbing;

import org.jspecify.annotations.Nullable;

/**
 * One pass over one text. Each step looks at a name or a value once and goes on behind it, so that the time is linear in
 * the text, whatever the text.
 */
final class TextPass {
    private final CharSequence text;
    private final KeyJudge keys;
    private final Values values;
    private final Credentials credentials;
    private @Nullable StringBuilder out;
    private int copied;
    private int urlEnd;
    private int lastAt;
    private int previousFrom = -1;
    private int previousTo = -1;

    private TextPass(CharSequence text, KeyJudge keys) {
        this.text = text;
        this.keys = keys;
        this.values = new Values(text);
        this.credentials = new Credentials(text);
    }

    /** {@return the text without its secrets, the same instance where there were none} */
    static CharSequence scrub(CharSequence text, KeyJudge keys) {
        return new TextPass(text, keys).run(0);
    }

    /** {@return the same for a text that is a URL as a whole, an absolute or a relative one} */
    static CharSequence scrubUrl(CharSequence url, KeyJudge keys) {
        TextPass pass = new TextPass(url, keys);
        pass.urlEnd = url.length();
        pass.lastAt = url.toString().lastIndexOf('@');
        boolean noScheme = url.length() > 1 && url.charAt(0) == '/' && url.charAt(1) == '/';
        return pass.run(noScheme ? pass.authority(2) : 0);
    }

    private CharSequence run(int from) {
        int i = from;
        while (i < text.length()) {
            i = Chars.inName(text.charAt(i)) ? word(i) : i + 1;
        }
        return out == null ? text : out.append(text, copied, text.length());
    }

    private int word(int from) {
        int start = from;
        int end = from;
        int noJwtBefore = from;
        while (end < text.length() && Chars.inName(text.charAt(end))) {
            int secretEnd = end;
            if (end >= noJwtBefore && credentials.isJwtStart(end) && !isInsideWord(end)) {
                secretEnd = credentials.jwtEnd(end);
                replace(end, secretEnd);
                noJwtBefore = secretEnd > end ? secretEnd : credentials.segmentEnd(end);
            } else if (Chars.matches(text, end, Scrubber.REPLACEMENT)) {
                secretEnd = end + Scrubber.REPLACEMENT.length();
            }
            if (secretEnd > end) {
                end = secretEnd;
                start = end;
            } else {
                end++;
            }
        }
        int pairFrom = previousTo >= 0 && previousTo + 1 == start && text.charAt(previousTo) == ' ' ? previousFrom : -1;
        previousFrom = start;
        previousTo = end;
        int authority = authorityStart(end);
        if (authority >= 0) {
            return url(authority);
        }
        int value = value(start, end, pairFrom);
        if (value > end) {
            return value;
        }
        Span secret = credentials.afterScheme(start, end);
        replace(secret.from(), secret.to());
        return secret.to();
    }

    private boolean isInsideWord(int at) {
        return at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
    }

    /** Replaces the value behind a name; returns where to go on, the end of the name where there was none. */
    private int value(int start, int end, int pairFrom) {
        int at = Chars.skipBackslashes(text, end);
        boolean quoted = at < text.length() && Chars.isQuote(text.charAt(at));
        at = quoted ? at + 1 : end;
        while (at < text.length() && Chars.isBlank(text.charAt(at))) {
            at++;
        }
        int separator = at;
        at = afterSeparator(separator);
        if (at < 0) {
            return end;
        }
        boolean inUrl = separator < urlEnd;
        KeyKind kind = judge(start, end, pairFrom);
        if (kind == KeyKind.ORDINARY || (kind == KeyKind.SECRET_IN_URL && !inUrl)) {
            return end;
        }
        boolean colon = text.charAt(separator) == ':';
        Span found = inUrl
                ? values.find(at, KeyKind.SECRET_IN_URL, quoted, colon, urlEnd)
                : values.find(at, kind, quoted, colon, text.length());
        if (!Placeholders.isOne(text, found)) {
            replace(found.from(), found.to());
        }
        return Math.max(end + 1, found.to());
    }

    // One of = : == => := and not the :: of a method reference.
    private int afterSeparator(int at) {
        if (at >= text.length()) {
            return -1;
        }
        char c = text.charAt(at);
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (c == '=') {
            return next == '=' || next == '>' ? at + 2 : at + 1;
        }
        if (c != ':' || next == ':') {
            return -1;
        }
        return next == '=' ? at + 2 : at + 1;
    }

    private KeyKind judge(int start, int end, int pairFrom) {
        KeyKind kind = keys.judge(text, KeyStart.of(text, start, end), end);
        boolean pair = kind == KeyKind.ORDINARY && pairFrom >= 0 && Keys.isPair(text, pairFrom, end);
        return pair ? KeyKind.SECRET : kind;
    }

    // "://", or as some JSON writers escape it, ":\/\/".
    private int authorityStart(int at) {
        if (Chars.matches(text, at, "://")) {
            return at + 3;
        }
        return Chars.matches(text, at, ":\\/\\/") ? at + 5 : -1;
    }

    private int url(int from) {
        if (from >= urlEnd) {
            urlEnd = from;
            lastAt = -1;
            while (urlEnd < text.length() && !Urls.endsAt(text, urlEnd)) {
                if (text.charAt(urlEnd) == '@') {
                    lastAt = urlEnd;
                }
                urlEnd++;
            }
            while (urlEnd > from && Urls.isTrailing(text.charAt(urlEnd - 1))) {
                urlEnd--;
            }
        }
        return authority(from);
    }

    private int authority(int from) {
        int at = Urls.userInfoEnd(text, from, urlEnd, lastAt);
        replace(from, at);
        return Urls.hostEnd(text, at, urlEnd);
    }

    private void replace(int from, int to) {
        if (to <= from || isReplacement(from, to)) {
            return;
        }
        if (out == null) {
            out = new StringBuilder(text.length());
        }
        out.append(text, copied, from).append(Scrubber.REPLACEMENT);
        copied = to;
    }

    private boolean isReplacement(int from, int to) {
        return to - from == Scrubber.REPLACEMENT.length() && Chars.matches(text, from, Scrubber.REPLACEMENT);
    }
}
