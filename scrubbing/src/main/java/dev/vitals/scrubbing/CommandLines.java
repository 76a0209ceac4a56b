package dev.vitals.scrubbing;

import java.util.List;
import java.util.stream.Stream;

/**
 * Passwords in command lines: {@code curl -u user:password}, {@code docker login -p password}, {@code psexec -p} and
 * {@code sshpass -p}, {@code sonar.login=token}, and a line of a {@code .netrc}. Alone, {@code -p} is as often a port, a path or a project.
 */
final class CommandLines {
    private static final int LOOK_BACK = 96;
    private static final int LONGEST_LOGIN = 40;
    private static final int MOST_SPACES = 12;

    private static final String[] WITH_PASSWORD = {"login", "psexec", "sshpass"};
    private static final String[] WITH_USER = {"curl"};
    private static final String[] NETRC = {"machine "};

    private static final String SONAR = "sonar.login=";

    private CommandLines() {}

    static List<Literal> literals() {
        Stream<Literal> options = Options.literals();
        Stream<Literal> commands = Stream.of(
                new Literal("-u ", (text, at, from, kinds) -> user(text, at, at + 3, kinds)),
                new Literal("--user ", (text, at, from, kinds) -> user(text, at, at + 7, kinds)),
                new Literal("-p ", CommandLines::password),
                new Literal(SONAR, CommandLines::sonar),
                new Literal("password ", CommandLines::netrc));
        return Stream.concat(options, commands).toList();
    }

    private static long user(CharSequence text, int at, int value, long kinds) {
        int start = skipQuote(text, value);
        int end = end(text, start);
        int colon = start;
        while (colon < end && text.charAt(colon) != ':') {
            colon++;
        }
        boolean pair = colon > start && isSpaceBefore(text, at) && end - colon > 4 && Kind.CREDENTIALS.in(kinds);
        return pair && isBehind(text, at, false, WITH_USER) ? found(text, colon + 1, end) : Found.NONE;
    }

    private static long password(CharSequence text, int at, int from, long kinds) {
        int start = skipQuote(text, at + 3);
        int end = end(text, start);
        boolean value = end - start >= 4 && isSpaceBefore(text, at) && Kind.CREDENTIALS.in(kinds);
        return value && isBehind(text, at, false, WITH_PASSWORD) ? found(text, start, end) : Found.NONE;
    }

    private static long sonar(CharSequence text, int at, int from, long kinds) {
        int start = skipQuote(text, at + SONAR.length());
        // It may begin again inside of itself: what is none is not read to its end.
        int end = isNone(text, start) ? start : end(text, start);
        return end - start >= 4 && Kind.CREDENTIALS.in(kinds) ? found(text, start, end) : Found.NONE;
    }

    // machine api.example.org login ziggy password hunter2, on one line or on three
    private static long netrc(CharSequence text, int at, int from, long kinds) {
        int start = at + "password ".length();
        int nameEnd = skipSpacesBack(text, at, from);
        int name = nameEnd;
        while (name > from && nameEnd - name < LONGEST_LOGIN && !Chars.isSpace(text.charAt(name - 1))) {
            name--;
        }
        boolean login = nameEnd < at
                && name < nameEnd
                && Ascii.hasAt(text, name - 6, "login ")
                && isBehind(text, name, true, NETRC);
        int end = login ? end(text, start) : start;
        return end - start >= 4 && Kind.CREDENTIALS.in(kinds) ? found(text, start, end) : Found.NONE;
    }

    private static int skipSpacesBack(CharSequence text, int at, int from) {
        int i = at;
        while (i > from && at - i < MOST_SPACES && Chars.isSpace(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private static boolean isSpaceBefore(CharSequence text, int at) {
        return at > 0 && Chars.isSpace(text.charAt(at - 1));
    }

    private static int skipQuote(CharSequence text, int at) {
        return at < text.length() && Chars.isQuote(text.charAt(at)) ? at + 1 : at;
    }

    private static int end(CharSequence text, int from) {
        int i = from;
        while (i < text.length()
                && !Chars.isSpace(text.charAt(i))
                && !Chars.isQuote(text.charAt(i))
                && text.charAt(i) != '\\') {
            i++;
        }
        return i;
    }

    // What a shell or a template fills in, a label, and an option are no password.
    private static long found(CharSequence text, int start, int end) {
        return isNone(text, start) ? Found.NONE : Found.of(Kind.CREDENTIALS, start, end);
    }

    private static boolean isNone(CharSequence text, int at) {
        return at < text.length() && "$%{<[-*".indexOf(text.charAt(at)) >= 0;
    }

    private static boolean isBehind(CharSequence text, int at, boolean lines, String[] commands) {
        int lowest = Math.max(0, at - LOOK_BACK);
        for (int i = at - 1; i >= lowest; i--) {
            if (!lines && Chars.isLineEnd(text.charAt(i)) && !Ascii.isAt(text, i - 1, '\\')) {
                return false;
            }
            for (String command : commands) {
                if ((text.charAt(i) | 0x20) == command.charAt(0) && Chars.matches(text, i, command)) {
                    return true;
                }
            }
        }
        return false;
    }
}
