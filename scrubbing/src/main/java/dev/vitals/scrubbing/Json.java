package dev.vitals.scrubbing;

import org.jspecify.annotations.Nullable;

/**
 * JSON text (RFC 8259) without what is private in it, its structure kept. A glance at the text as a whole tells most texts
 * that have nothing to hide. The others are walked over token by token, and each value scrubbed in which anything may be.
 * Where the text is no JSON, what the walk found is replaced and the whole is scrubbed as text.
 */
final class Json {
    /** How many strings within strings are read as JSON; what is deeper is text. */
    static final int STRINGS = 4;

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
    private final Rules rules;
    private final int level;
    private final JsonBrackets brackets = new JsonBrackets();
    private final JsonContent contents;
    private final JsonEdits edits;
    private int at;
    private Expected expected = Expected.VALUE;
    private boolean broken;
    private int topLevel;
    private boolean topLevelScalar;

    private @Nullable String name = "";
    private int nameFrom;
    private int nameTo;
    private boolean nameMatters;
    private boolean sensitive;
    private int hiddenFrom = -1;
    private int hiddenDepth;

    private Json(String text, Scrubber scrubber, int level) {
        this.text = text;
        this.scrubber = scrubber;
        this.rules = scrubber.rules();
        this.contents = new JsonContent(text, rules.triggers());
        this.edits = new JsonEdits(text, rules);
        this.level = level;
    }

    static String scrub(String json, Scrubber scrubber, int level) {
        return JsonContent.isOrdinary(json, scrubber.rules()) ? json : new Json(json, scrubber, level).run();
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
            edits.redact(hiddenFrom, text.length());
        }
        boolean whole = brackets.depth() == 0 && expected == Expected.VALUE && !(topLevelScalar && topLevel > 1);
        String edited = edits.text();
        return whole && !broken ? edited : scrubber.scrub(edited);
    }

    private boolean step(char c) {
        return switch (c) {
            case ' ', '\t', '\n', '\r' -> ++at > 0;
            case '{', '[' -> open(c == '{');
            case '}', ']' -> close(c == '}');
            case ':' -> punctuation(Expected.COLON, Expected.VALUE);
            case ',' -> punctuation(Expected.COMMA_OR_END, brackets.isInObject() ? Expected.NAME : Expected.VALUE);
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
            edits.redact(hiddenFrom, at);
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
        // The elements of an array go by its name; in an object the next name takes its place.
        if (forgetName) {
            forgetName();
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
                    edits.redact(open, Math.min(end + 1, text.length()), contents.meaning(open + 1, end));
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
        nameFrom = from;
        nameTo = to;
        name = contents.hasEscape(from, to) ? contents.meaning(from, to) : null;
        boolean paired = Pairs.isSecretInJson(text, from - 1, to, rules.keys());
        boolean ordinary = name == null && !paired && rules.keys().isOrdinaryQuoted(text, to);
        nameMatters = !ordinary || contents.hasTrigger(from, to);
        sensitive = !ordinary && scrubber.finds(Kind.SECRET) && (paired || isSensitive());
        content(from, to, false);
    }

    private boolean isSensitive() {
        Keys keys = rules.keys();
        return name == null ? keys.isSensitive(text, nameFrom, nameTo) : keys.isSensitive(name, 0, name.length());
    }

    private void forgetName() {
        name = "";
        nameMatters = false;
        sensitive = false;
    }

    private String scrubNamed(String value) {
        if (name == null) {
            name = text.substring(nameFrom, nameTo);
        }
        return Named.scrub(name, value, scrubber);
    }

    private void content(int from, int to, boolean isValue) {
        boolean matters = (isValue && nameMatters) || contents.mayMatter(from, to);
        if (hiddenFrom >= 0 || from == to || !matters) {
            return;
        }
        String meant = contents.meaning(from, to);
        String safe;
        if (!isValue) {
            safe = scrubber.scrub(meant);
        } else if (level < STRINGS && JsonTokens.opens(meant)) {
            safe = scrub(meant, scrubber, level + 1);
        } else {
            safe = scrubNamed(meant);
        }
        if (!safe.equals(meant)) {
            edits.replaceContent(from, to, safe);
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
            edits.redact(at, end);
        } else if ((nameMatters || contents.hasTrigger(at, end)) && (brackets.depth() > 0 || isAlone(end))) {
            String digits = text.substring(at, end);
            String safe = scrubNamed(digits);
            if (!safe.equals(digits)) {
                edits.replaceQuoted(at, end, safe);
            }
        }
    }

    // "4111 1111 1111 1111" is no four numbers: outside of brackets one is looked at only where it is all there is.
    private boolean isAlone(int end) {
        return topLevel == 0 && !broken && JsonTokens.skipSpace(text, end) == text.length();
    }

    /**
     * Goes on behind a value that was hidden, which is a string now; else in the next line as if nothing had been before: in
     * JSON Lines one broken line is no more than that.
     */
    private void skipBroken() {
        broken = true;
        if (hideBroken()) {
            return;
        }
        while (at < text.length() && text.charAt(at) != '\n') {
            at++;
        }
        hiddenFrom = -1;
        brackets.popTo(0);
        forgetName();
        expected = Expected.VALUE;
    }

    private boolean hideBroken() {
        boolean inBrackets = hiddenFrom >= 0;
        int from = inBrackets ? hiddenFrom : at;
        if (!inBrackets && !(sensitive && isValueExpected())) {
            return false;
        }
        int end = inBrackets ? Math.max(at, Quotes.bracketEnd(text, from, true)) : JsonTokens.wordEnd(text, from);
        if (end == from) {
            return false;
        }
        edits.redact(from, end);
        brackets.popTo(inBrackets ? hiddenDepth : brackets.depth());
        hiddenFrom = -1;
        at = end;
        valueEnds(inBrackets);
        return true;
    }
}
