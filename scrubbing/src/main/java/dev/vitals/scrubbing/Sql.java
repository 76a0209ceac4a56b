package dev.vitals.scrubbing;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SQL with {@code ?} in the place of every literal, in one walk over its tokens. What one dialect has for a literal and
 * another for a name or a comment is taken for a literal.
 */
final class Sql {
    private static final int LONGEST_MARKER = 5;
    private static final int LONGEST_NAME = 64;

    /** Prefixes that belong to the string behind them. */
    private static final Set<String> PREFIXES = Set.of("e", "n", "x", "b");

    /** Behind these, until the next clause, double quotes hold a value (MySQL) rather than a name. */
    private static final Set<String> BEFORE_VALUES =
            Set.of("in", "values", "value", "like", "ilike", "between", "regexp", "rlike", "limit");

    private static final Set<String> CLAUSES = Set.of(
            "select",
            "from",
            "where",
            "and",
            "or",
            "on",
            "set",
            "order",
            "group",
            "having",
            "join",
            "as",
            "returning",
            "insert",
            "update",
            "into",
            "union");

    private final String sql;
    private final Scrubber scrubber;
    private @Nullable StringBuilder out;
    private int copied;
    private int at;
    private boolean values;
    private boolean between;
    private int lineEnd;
    private int quotes;

    private Sql(String sql, Scrubber scrubber) {
        this.sql = sql;
        this.scrubber = scrubber;
    }

    static String scrub(String sql, Scrubber scrubber) {
        int longest = scrubber.rules().longest();
        if (sql.length() > longest) {
            return new Sql(sql.substring(0, Pass.kept(sql, longest)), scrubber).run() + Labels.CUT;
        }
        return new Sql(sql, scrubber).run();
    }

    private String run() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\'') {
                literal(at, SqlQuotes.stringEnd(sql, at, false));
            } else if (c == '"') {
                doubleQuoted();
            } else if (c == '`') {
                int end = SqlQuotes.nameEnd(sql, at);
                boolean closed = end - at > 1 && sql.charAt(end - 1) == '`';
                at = closed ? end : literal(at, end);
            } else if (Digits.isDigit(c) || (c == '.' && isDigitAt(at + 1) && !isAfter('.'))) {
                literal(at, numberEnd());
            } else if (c == '$') {
                dollar();
            } else if (c == ':' || c == '@' || c == '?') {
                marker();
            } else if (SqlQuotes.isWord(c)) {
                word();
            } else if (c == '/' && charAt(at + 1) == '*') {
                blockComment();
            } else if (c == '#' || (c == '-' && charAt(at + 1) == '-')) {
                lineComment();
            } else if (c == '\\' && (charAt(at + 1) == '\'' || charAt(at + 1) == '"')) {
                literal(at, sql.length()); // a string has ended before, or begins: nobody knows
            } else {
                values |= c == '=' || c == '<' || c == '>' || c == '~';
                values &= c != ';';
                at++;
            }
        }
        return out == null ? sql : out.append(sql, copied, sql.length()).toString();
    }

    private char charAt(int index) {
        return index < sql.length() ? sql.charAt(index) : ' ';
    }

    private boolean isAfter(char c) {
        return at > 0 && sql.charAt(at - 1) == c;
    }

    private boolean isDigitAt(int index) {
        return Digits.isDigit(charAt(index));
    }

    private int literal(int from, int to) {
        return replace(from, to, "?");
    }

    private int replace(int from, int to, String with) {
        if (out == null) {
            out = new StringBuilder(sql.length());
        }
        out.append(sql, copied, from).append(with);
        copied = to;
        at = to;
        return to;
    }

    // What else is in a word stays in the number: 0xFF, 1e10, 10L, 1_000.
    private int numberEnd() {
        boolean hex = charAt(at + 1) == 'x' || charAt(at + 1) == 'X';
        int end = at + 1;
        while (end < sql.length()) {
            char c = sql.charAt(end);
            boolean sign = !hex && (c == '+' || c == '-') && (charAt(end - 1) | ' ') == 'e' && isDigitAt(end + 1);
            boolean point = c == '.' && charAt(end + 1) != '.';
            if (!SqlQuotes.isWord(c) && !sign && !point) {
                break;
            }
            end++;
        }
        return end;
    }

    private void word() {
        int from = at;
        while (SqlQuotes.isWordAt(sql, at) || (charAt(at) == '#' && at > from) || isNamePart(at)) {
            at++;
        }
        String word = at - from > 9 ? "" : sql.substring(from, at).toLowerCase(Locale.ROOT);
        if (charAt(at) == '\'') {
            if (word.equals("q") || word.equals("nq")) {
                literal(from, SqlQuotes.oracleEnd(sql, at));
            } else if (PREFIXES.contains(word)) {
                literal(from, SqlQuotes.stringEnd(sql, at, word.equals("e")));
            } else {
                literal(at, SqlQuotes.stringEnd(sql, at, false));
            }
        } else if (word.equals("u") && charAt(at) == '&' && charAt(at + 1) == '\'') {
            literal(from, SqlQuotes.stringEnd(sql, at + 1, false));
        } else if (BEFORE_VALUES.contains(word)) {
            values = true;
            between = word.equals("between");
        } else if (CLAUSES.contains(word)) {
            values = between && word.equals("and");
            between = false;
        }
    }

    // In t1.2c and in schema.9table the digit begins no number.
    private boolean isNamePart(int index) {
        return charAt(index) == '.' && SqlQuotes.isWordAt(sql, index + 1);
    }

    private void doubleQuoted() {
        int end = SqlQuotes.nameEnd(sql, at);
        boolean closed = end - at > 1 && sql.charAt(end - 1) == '"';
        boolean name = closed && isName(at + 1, end - 1) && (!values || isFollowedAsName(end));
        at = name ? end : literal(at, end);
    }

    private boolean isName(int from, int to) {
        if (to - from > LONGEST_NAME || isDigitAt(from)) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = sql.charAt(i);
            if (!SqlQuotes.isWord(c) && c != ' ' && c != '-' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private boolean isFollowedAsName(int end) {
        int next = end;
        while (Chars.isSpace(charAt(next)) && next < sql.length()) {
            next++;
        }
        char c = charAt(next);
        return c == '.' || c == '=' || c == '<' || c == '>' || c == '!' || isAfter('.');
    }

    private void dollar() {
        int end = SqlQuotes.dollarEnd(sql, at);
        if (end > at) {
            literal(at, end);
        } else if (isDigitAt(at + 1)) {
            marker();
        } else {
            at++;
        }
    }

    // $1, ?1, :1, :name, @name, @@name and PostgreSQL's ::type; more digits are no marker but an amount.
    private void marker() {
        int from = at++;
        while (charAt(at) == ':' || charAt(at) == '@') {
            at++;
        }
        if (isDigitAt(at)) {
            int end = numberEnd();
            boolean marker = end - at <= LONGEST_MARKER && isDigits(at, end);
            at = marker ? end : literal(sql.charAt(from) == '$' ? from : at, end);
        }
    }

    private boolean isDigits(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isDigitAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void blockComment() {
        if (charAt(at + 2) == '!') { // MySQL runs what is in it
            at += 3;
            while (isDigitAt(at)) {
                at++;
            }
            return;
        }
        // PostgreSQL nests them, others do not: what stands behind the first end is read as code.
        int end = sql.indexOf("*/", at + 2);
        comment(end < 0 ? sql.length() : end + 2);
    }

    private void lineComment() {
        if (at >= lineEnd) {
            measureLine();
        }
        int marks = sql.charAt(at) == '#' ? 1 : 2;
        char next = charAt(at + marks);
        boolean comment = Chars.isSpace(next) || (marks == 2 && next == '-');
        if (comment && marks == 2) {
            comment(lineEnd);
        } else if (quotes > 0) { // "5--3" and "a # b" are a comment to one dialect and operators to another
            literal(at + marks, quotes % 2 == 0 ? lineEnd : sql.length());
        } else if (comment || (marks == 2 && !Digits.isDigit(next))) {
            comment(lineEnd);
        } else {
            at += marks;
        }
    }

    private void measureLine() {
        quotes = 0;
        lineEnd = at;
        while (lineEnd < sql.length() && !Chars.isLineEnd(sql.charAt(lineEnd))) {
            char c = sql.charAt(lineEnd++);
            quotes += c == '\'' || c == '"' || c == '`' ? 1 : 0;
        }
    }

    private void comment(int end) {
        String before = sql.substring(at, end);
        String after = scrubber.scrub(before);
        if (after.equals(before)) {
            at = end;
        } else {
            replace(at, end, after);
        }
    }
}
