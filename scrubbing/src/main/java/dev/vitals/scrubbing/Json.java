package dev.vitals.scrubbing;

import org.jspecify.annotations.Nullable;

/**
 * JSON text (RFC 8259) without what is private in it, its structure kept: one walk over its tokens that notes what is to
 * be replaced. The text as a whole is scrubbed first; where that finds nothing, only sensitive names and strings with
 * escapes are left to look at. Where the text is no JSON, what the walk found is replaced and the whole is scrubbed as
 * text.
 */
final class Json {
    /** How many strings within strings are read as JSON; what is deeper is text. */
    static final int STRINGS = 4;

    private static final String REDACTED = '"' + Scrubber.REPLACEMENT + '"';

    /** What may stand where the walk is. */
    private enum Expected {
        VALUE,
        VALUE_OR_END,
        NAME,
        NAME_OR_END,
        COLON,
        COMMA_OR_END
    }

    private final String text;
    private final Scrubber scrubber;
    private final int level;
    private final boolean clean;
    private final JsonBrackets brackets = new JsonBrackets();
    private @Nullable StringBuilder out;
    private int copied;
    private int at;
    private int backslash = -1;
    private Expected expected = Expected.VALUE;
    private boolean broken;
    private int topLevel;
    private boolean topLevelScalar;

    private String name = "";
    private boolean nameEscaped;
    private boolean sensitive;
    private int hiddenFrom = -1;
    private int hiddenDepth;

    private Json(String text, Scrubber scrubber, int level) {
        this.text = text;
        this.scrubber = scrubber;
        this.level = level;
        this.clean = scrubber.scrub(text).equals(text);
    }

    static String scrub(String json, Scrubber scrubber) {
        return new Json(json, scrubber, 0).run();
    }

    private String run() {
        if (text.startsWith("\ufeff")) {
            at = 1;
        }
        while (at < text.length()) {
            if (!step(text.charAt(at))) {
                skipBroken();
            }
        }
        if (hiddenFrom >= 0) {
            replace(hiddenFrom, text.length(), REDACTED);
        }
        boolean whole = brackets.depth() == 0 && expected == Expected.VALUE && !(topLevelScalar && topLevel > 1);
        String edited =
                out == null ? text : out.append(text, copied, text.length()).toString();
        return (whole && !broken) || (clean && out == null) ? edited : scrubber.scrub(edited);
    }

    private boolean step(char c) {
        return switch (c) {
            case ' ', '\t', '\n', '\r' -> ++at > 0;
            case '{', '[' -> open(c == '{');
            case '}', ']' -> close(c == '}');
            case ':' -> punctuation(Expected.COLON, Expected.VALUE);
            case ',' ->
                brackets.depth() > 0
                        && punctuation(Expected.COMMA_OR_END, brackets.isInObject() ? Expected.NAME : Expected.VALUE);
            case '"' -> string();
            default -> scalar(c);
        };
    }

    private boolean punctuation(Expected now, Expected next) {
        if (expected != now) {
            return false;
        }
        expected = next;
        at++;
        return true;
    }

    private boolean isValueExpected() {
        return expected == Expected.VALUE || expected == Expected.VALUE_OR_END;
    }

    private boolean open(boolean object) {
        if (!isValueExpected()) {
            return false;
        }
        int label = Labels.end(text, at);
        if (label > at) { // no array: text that was scrubbed before
            broken = true;
            at = label;
            valueEnds(false);
            return true;
        }
        if (sensitive && hiddenFrom < 0) {
            hiddenFrom = at;
            hiddenDepth = brackets.depth();
        }
        brackets.push(object);
        at++;
        expected = object ? Expected.NAME_OR_END : Expected.VALUE_OR_END;
        return true;
    }

    private boolean close(boolean object) {
        boolean allowed = expected == Expected.COMMA_OR_END
                || expected == (object ? Expected.NAME_OR_END : Expected.VALUE_OR_END);
        if (brackets.depth() == 0 || brackets.isInObject() != object || !allowed) {
            return false;
        }
        brackets.pop();
        at++;
        if (hiddenFrom >= 0 && brackets.depth() == hiddenDepth) {
            replace(hiddenFrom, at, REDACTED);
            hiddenFrom = -1;
        }
        valueEnds(true);
        return true;
    }

    private void valueEnds(boolean forgetName) {
        if (brackets.depth() == 0) {
            topLevel++;
        }
        expected = brackets.depth() == 0 ? Expected.VALUE : Expected.COMMA_OR_END;
        // The elements of an array go by its name.
        if (forgetName || brackets.depth() == 0 || brackets.isInObject()) {
            name = "";
            sensitive = false;
        }
    }

    private boolean string() {
        int open = at;
        int end = JsonTokens.stringEnd(text, open);
        boolean closed = end < text.length() && text.charAt(end) == '"';
        if (isValueExpected()) {
            topLevelScalar |= brackets.depth() == 0;
            if (hiddenFrom < 0 && sensitive) {
                // What is not closed ends where a text scrubbed for the same name has its end.
                end = closed ? end : Quotes.end(text, open, 0, true);
                if (end > open + 1) {
                    replace(open, Math.min(end + 1, text.length()), REDACTED);
                }
                broken |= !closed;
                closed = true;
            } else {
                content(open + 1, end, true);
            }
            valueEnds(false);
        } else if (expected == Expected.NAME || expected == Expected.NAME_OR_END) {
            name(open + 1, end);
            expected = Expected.COLON;
        } else {
            return false;
        }
        at = Math.min(end + 1, text.length());
        if (!closed) {
            at = end;
            broken = true;
            return end == text.length();
        }
        return true;
    }

    private void name(int from, int to) {
        if (hiddenFrom >= 0) {
            return;
        }
        String raw = text.substring(from, to);
        nameEscaped = hasEscape(from, to);
        name = nameEscaped ? JsonStrings.unescape(raw) : raw;
        sensitive = scrubber.finds(Kind.SECRET) && scrubber.isSensitiveKey(name);
        content(from, to, false);
    }

    // The next backslash is looked up once for all the strings before it.
    private boolean hasEscape(int from, int to) {
        if (backslash < from) {
            int next = text.indexOf('\\', from);
            backslash = next < 0 ? Integer.MAX_VALUE : next;
        }
        return backslash < to;
    }

    private void content(int from, int to, boolean isValue) {
        boolean escapes = hasEscape(from, to);
        if (hiddenFrom >= 0 || from == to || (clean && !escapes && !nameEscaped)) {
            return;
        }
        String raw = text.substring(from, to);
        String meant = escapes ? JsonStrings.unescape(raw) : raw;
        String safe;
        if (!isValue) {
            safe = scrubber.scrub(meant);
        } else if (level < STRINGS && JsonTokens.opens(meant)) {
            safe = new Json(meant, scrubber, level + 1).run();
        } else {
            safe = Named.scrub(name, meant, scrubber);
        }
        if (!safe.equals(meant)) {
            StringBuilder escaped = new StringBuilder(safe.length() + 16);
            JsonStrings.escape(safe, raw, escaped);
            replace(from, to, escaped);
        }
    }

    private boolean scalar(char c) {
        int end = JsonTokens.scalarEnd(text, at);
        if (!isValueExpected() || end < 0) {
            return false;
        }
        if (JsonTokens.isNumber(c) && hiddenFrom < 0) {
            number(end);
        }
        topLevelScalar |= brackets.depth() == 0;
        at = end;
        valueEnds(false);
        return true;
    }

    private void number(int end) {
        if (sensitive) {
            replace(at, end, REDACTED);
        } else if ((!clean || nameEscaped) && (brackets.depth() > 0 || isAlone(end))) {
            String digits = text.substring(at, end);
            String safe = Named.scrub(name, digits, scrubber);
            if (!safe.equals(digits)) {
                StringBuilder quoted = new StringBuilder("\"");
                JsonStrings.escape(safe, digits, quoted);
                replace(at, end, quoted.append('"'));
            }
        }
    }

    // "4111 1111 1111 1111" is no four numbers: outside of brackets one is looked at by itself where it is all there
    // is.
    private boolean isAlone(int end) {
        return topLevel == 0 && !broken && JsonTokens.skipSpace(text, end) == text.length();
    }

    /** Goes on in the next line as if nothing had been before: in JSON Lines one broken line is no more than that. */
    private void skipBroken() {
        broken = true;
        int from = hiddenFrom >= 0 ? hiddenFrom : sensitive && isValueExpected() ? at : -1;
        if (from >= 0) {
            int end = hiddenFrom >= 0
                    ? Math.max(at, Quotes.bracketEnd(text, from, true))
                    : JsonTokens.wordEnd(text, from);
            if (end > from) {
                replace(from, end, REDACTED);
            }
            at = end;
        }
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
        hiddenFrom = -1;
        brackets.clear();
        name = "";
        sensitive = false;
        expected = Expected.VALUE;
    }

    private void replace(int from, int to, CharSequence with) {
        if (to - from == with.length() && text.regionMatches(from, with.toString(), 0, with.length())) {
            return;
        }
        if (out == null) {
            out = new StringBuilder(text.length() + 16);
        }
        out.append(text, copied, from).append(with);
        copied = to;
    }
}
