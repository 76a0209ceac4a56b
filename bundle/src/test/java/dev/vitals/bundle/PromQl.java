package dev.vitals.bundle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which metrics and labels an expression reads: a tokenizer for PromQL and what little grammar that takes. Whether the
 * whole is well-formed is promtool's to say.
 */
final class PromQl {
    private static final Set<String> LABEL_LISTS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "atan2", "bool", "offset");
    private static final Set<String> LITERALS = Set.of("inf", "nan");
    private static final List<String> LONG_SYMBOLS = List.of("==", "!=", "=~", "!~", ">=", "<=");
    private static final String SHORT_SYMBOLS = "(){}[],=<>+-*/%^@:";

    private enum Kind {
        NAME,
        NUMBER,
        TEXT,
        SYMBOL,
        END
    }

    private record Token(Kind kind, String text) {
        boolean is(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }
    }

    /** One label matcher: {@code status=~"up|degraded"}. */
    record Matcher(String label, String operator, String value) {
        boolean matches(String actual) {
            return switch (operator) {
                case "=" -> actual.equals(value);
                case "!=" -> !actual.equals(value);
                case "=~" -> actual.matches(value);
                case "!~" -> !actual.matches(value);
                default -> throw new IllegalStateException(operator);
            };
        }
    }

    /** One metric that is read; the range is empty for an instant. */
    record Selector(String metric, List<Matcher> matchers, String range) {}

    /** What an expression reads: selectors, the labels it groups by, and the functions it calls. */
    record Reading(List<Selector> selectors, Set<String> groupedBy, Set<String> functions) {}

    private final List<Token> tokens;
    private int at;

    private PromQl(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Reading read(String expression) {
        return new PromQl(tokens(expression)).reading();
    }

    private Reading reading() {
        var reading = new Reading(new ArrayList<>(), new HashSet<>(), new HashSet<>());
        while (peek().kind() != Kind.END) {
            Token token = next();
            if (token.kind() == Kind.NAME) {
                name(token.text(), reading);
            } else if (token.is("{")) {
                throw new IllegalArgumentException("a selector without a metric's name");
            }
        }
        return reading;
    }

    private void name(String name, Reading reading) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (LABEL_LISTS.contains(lower)) {
            if (peek().is("(")) {
                next();
                while (!peek().is(")")) {
                    reading.groupedBy().add(next(Kind.NAME));
                    skipComma();
                }
                next();
            }
        } else if (peek().is("(") || (peek().kind() == Kind.NAME && LABEL_LISTS.contains(peek().text()))) {
            if (!OPERATORS.contains(lower)) {
                reading.functions().add(name);
            }
        } else if (!OPERATORS.contains(lower) && !LITERALS.contains(lower)) {
            reading.selectors().add(new Selector(name, matchers(), range()));
        }
    }

    private List<Matcher> matchers() {
        var matchers = new ArrayList<Matcher>();
        if (peek().is("{")) {
            next();
            while (!peek().is("}")) {
                matchers.add(new Matcher(next(Kind.NAME), next(Kind.SYMBOL), next(Kind.TEXT)));
                skipComma();
            }
            next();
        }
        return matchers;
    }

    private String range() {
        var range = new StringBuilder();
        if (peek().is("[")) {
            next();
            while (!peek().is("]")) {
                range.append(next().text());
            }
            next();
        }
        return range.toString();
    }

    private void skipComma() {
        if (peek().is(",")) {
            next();
        }
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        if (token.kind() == Kind.END) {
            throw new IllegalArgumentException("the expression ends too early");
        }
        at++;
        return token;
    }

    private String next(Kind kind) {
        Token token = next();
        if (token.kind() != kind) {
            throw new IllegalArgumentException(kind + " expected, not " + token.text());
        }
        return token.text();
    }

    private static List<Token> tokens(String text) {
        var tokens = new ArrayList<Token>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int end = i + 1;
            if (c == '#') {
                end = text.indexOf('\n', i) < 0 ? text.length() : text.indexOf('\n', i);
            } else if (c == '"' || c == '\'' || c == '`') {
                end = endOfText(text, i);
                tokens.add(new Token(Kind.TEXT, unescaped(text.substring(i + 1, end - 1), c)));
            } else if (Character.isDigit(c)) {
                end = endOfWord(text, end, ".");
                tokens.add(new Token(Kind.NUMBER, text.substring(i, end)));
            } else if (Character.isLetter(c) || c == '_' || c == '$') {
                end = endOfWord(text, end, ":");
                tokens.add(new Token(Kind.NAME, text.substring(i, end)));
            } else if (end < text.length() && LONG_SYMBOLS.contains(text.substring(i, end + 1))) {
                end++;
                tokens.add(new Token(Kind.SYMBOL, text.substring(i, end)));
            } else if (SHORT_SYMBOLS.indexOf(c) >= 0) {
                tokens.add(new Token(Kind.SYMBOL, String.valueOf(c)));
            } else if (!Character.isWhitespace(c)) {
                throw new IllegalArgumentException("no PromQL: " + c + " at " + i + " in " + text);
            }
            i = end;
        }
        tokens.add(new Token(Kind.END, "the end"));
        return tokens;
    }

    private static int endOfWord(String text, int from, String alsoIn) {
        int end = from;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end))
                        || text.charAt(end) == '_'
                        || alsoIn.indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end;
    }

    private static int endOfText(String text, int quote) {
        for (int i = quote + 1; i < text.length(); i++) {
            if (text.charAt(i) == text.charAt(quote)) {
                return i + 1;
            }
            if (text.charAt(i) == '\\' && text.charAt(quote) != '`') {
                i++;
            }
        }
        throw new IllegalArgumentException("no end of the text that begins at " + quote + " in " + text);
    }

    private static String unescaped(String inner, char quote) {
        return quote == '`' ? inner : inner.translateEscapes();
    }
}
