package dev.vitals.scrubbing;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the names that secrets go by. A name is sensitive when one of its words, or two neighbours taken together, is;
 * unless its last word says that the value is something about the secret ({@code passwordPolicyUrl}, {@code tokenType}).
 * What an application names itself goes before that.
 */
final class Keys {
    static final Keys STANDARD = new Keys(Map.of());

    // Longer names are judged by their end, where the word that counts stands.
    private static final int LONGEST = 128;
    private static final int MOST_JOINED = 6;
    private static final int SENSITIVE = 1;
    private static final int ORDINARY = 2;

    private final @Nullable WordTable own;

    private Keys(Map<String, Integer> own) {
        this.own = own.isEmpty() ? null : new WordTable(own);
    }

    /**
     * @param sensitive names that an application adds, in any writing
     * @param ordinary names that are not sensitive, whatever their words
     */
    static Keys with(Collection<String> sensitive, Collection<String> ordinary) {
        Map<String, Integer> own = new HashMap<>();
        ordinary.forEach(name -> own.put(joined(name), ORDINARY));
        sensitive.forEach(name -> own.put(joined(name), SENSITIVE));
        return new Keys(own);
    }

    private static String joined(String name) {
        StringBuilder joined = new StringBuilder();
        for (int at = Words.start(name, 0, name.length()); at < name.length(); ) {
            int end = Words.end(name, at, name.length());
            joined.append(name, at, end);
            at = Words.start(name, end, name.length());
        }
        return joined.toString().toLowerCase(Locale.ROOT);
    }

    /** {@return whether a name that ends at an index is that of a file, as in each line of a stack trace} */
    boolean isFile(CharSequence text, int end) {
        return own == null
                && end >= 5
                && (Chars.matches(text, end - 5, ".java") || Chars.matches(text, end - 4, ".jar"));
    }

    /** {@return whether the name that ends at an index, and the word before it, are ordinary, as far as a glance tells} */
    boolean isOrdinary(CharSequence text, int end, int from) {
        return own == null && Hints.isOrdinary(text, end, from);
    }

    /** {@return false where a name is ordinary without a closer look} */
    boolean mayBeSensitive(CharSequence text, int from, int to) {
        return own != null || Hints.any(text, from, to);
    }

    /** {@return whether the name in double quotes that end at an index is ordinary, as far as a glance tells} */
    boolean isOrdinaryQuoted(CharSequence text, int quote) {
        return own == null && Hints.isOrdinaryQuoted(text, quote);
    }

    /** {@return whether what goes by the name that stands in a text from one index to another is a secret} */
    boolean isSensitive(CharSequence text, int from, int to) {
        KeyKind kind = judge(text, from, to);
        return kind == KeyKind.SECRET || kind == KeyKind.SECRET_LINE;
    }

    /** {@return what the name that stands in a text from one index to another says about its value} */
    KeyKind judge(CharSequence text, int start, int to) {
        int from = Math.max(start, to - LONGEST);
        int told = own == null ? 0 : told(own, text, from, to);
        if (told != 0) {
            return told == SENSITIVE ? KeyKind.SECRET : KeyKind.ORDINARY;
        }
        KeyKind kind = KeyKind.ORDINARY;
        boolean about = false;
        boolean counted = false;
        int count = 0;
        int previousFrom = from;
        int previousTo = from;
        int previousHash = 0;
        for (int at = Words.start(text, from, to); at < to; ) {
            int end = Words.end(text, at, to);
            int hash = WordTable.hash(0, text, at, end);
            int meaning = KeyWords.TABLE.meaning(hash, text, at, end);
            KeyKind found = KeyKind.ORDINARY;
            if ((meaning & KeyWords.LINE) != 0) {
                found = KeyKind.SECRET_LINE;
            } else if (counted && is("tokens", text, at, end)) {
                found = KeyKind.ORDINARY;
            } else if ((meaning & KeyWords.SECRET) != 0
                    || Glued.isSecret(text, at, end)
                    || (count > 0 && isPair(previousHash, text, previousFrom, previousTo, at, end))) {
                found = KeyKind.SECRET;
            } else if ((meaning & KeyWords.IN_URL) != 0) {
                found = KeyKind.SECRET_IN_URL;
            }
            boolean header = kind == KeyKind.SECRET_LINE && is("header", text, at, end);
            about = found == KeyKind.ORDINARY && (meaning & KeyWords.ABOUT) != 0 && !header;
            if (found != KeyKind.ORDINARY && (kind == KeyKind.ORDINARY || kind == KeyKind.SECRET_IN_URL)) {
                kind = found;
            }
            counted = (meaning & KeyWords.COUNTED) != 0;
            count++;
            previousFrom = at;
            previousTo = end;
            previousHash = hash;
            at = Words.start(text, end, to);
        }
        if (is("pass", text, previousFrom, previousTo) && (count == 1 || isConstant(text, previousFrom))) {
            return KeyKind.SECRET;
        }
        return about ? KeyKind.ORDINARY : kind;
    }

    // REACT_APP_PASS is a setting, first_pass is not.
    private static boolean isConstant(CharSequence text, int last) {
        return text.charAt(last - 1) == '_'
                && Ascii.is(text.charAt(last), Ascii.UPPER)
                && Ascii.is(text.charAt(last + 1), Ascii.UPPER);
    }

    /** {@return whether the last two words of a part of a sentence are one name, as in "api key"} */
    static boolean isPair(CharSequence text, int start, int to) {
        int beforeFrom = -1;
        int beforeTo = -1;
        int lastFrom = -1;
        int lastTo = -1;
        for (int at = Words.start(text, start, to); at < to; ) {
            beforeFrom = lastFrom;
            beforeTo = lastTo;
            lastFrom = at;
            lastTo = Words.end(text, at, to);
            at = Words.start(text, lastTo, to);
        }
        return beforeFrom >= 0
                && isPair(WordTable.hash(0, text, beforeFrom, beforeTo), text, beforeFrom, beforeTo, lastFrom, lastTo);
    }

    private static boolean isPair(int hash, CharSequence text, int from, int to, int secondFrom, int secondTo) {
        int both = WordTable.hash(hash, text, secondFrom, secondTo);
        return (KeyWords.TABLE.meaning(both, text, from, to, secondFrom, secondTo) & KeyWords.SECRET) != 0;
    }

    private static boolean is(String word, CharSequence text, int from, int to) {
        return to - from == word.length() && Chars.matches(text, from, word);
    }

    // An application's own name is any of the name's words, or several in a row; an ordinary one is all of them.
    private static int told(WordTable own, CharSequence text, int from, int to) {
        int first = Words.start(text, from, to);
        int told = 0;
        for (int start = first; start < to; start = Words.start(text, Words.end(text, start, to), to)) {
            int at = start;
            int hash = 0;
            for (int words = 0; at < to && words < MOST_JOINED; words++) {
                int end = Words.end(text, at, to);
                hash = WordTable.hash(hash, text, at, end);
                at = Words.start(text, end, to);
                int meaning = own.joined(hash, text, start, end);
                if (meaning == ORDINARY && start == first && at >= to) {
                    return ORDINARY;
                }
                told = meaning == SENSITIVE ? SENSITIVE : told;
            }
        }
        return told;
    }
}
