package dev.vitals.scrubbing;

import java.util.Collections;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What single words mean, found by a part of a text without making a string of it, whatever its case. Open addressing;
 * the hash of two words in a row is made from theirs.
 */
final class WordTable {
    private static final int FACTOR = 31;

    private final @Nullable String[] words;
    private final int[] meanings;

    /**
     * @param meanings by word in lower case; none of them 0
     */
    WordTable(Map<String, Integer> meanings) {
        int size = Integer.highestOneBit(meanings.size() * 4 + 4);
        this.words = new String[size];
        this.meanings = new int[size];
        meanings.forEach(this::put);
    }

    /** {@return a table in which the words of a text, parted by blanks, mean 1} */
    static WordTable of(String text) {
        return new WordTable(words(text).distinct().collect(Collectors.toMap(word -> word, word -> 1)));
    }

    static Stream<String> words(String text) {
        return Collections.list(new StringTokenizer(text)).stream().map(String.class::cast);
    }

    private void put(String word, int meaning) {
        int slot = slot(hash(0, word, 0, word.length()));
        while (words[slot] != null) {
            slot = slot + 1 & words.length - 1;
        }
        words[slot] = word;
        meanings[slot] = meaning;
    }

    /** {@return the hash of what came before, and of a part of a text behind it} */
    static int hash(int before, CharSequence text, int from, int to) {
        int hash = before;
        for (int i = from; i < to; i++) {
            hash = hash * FACTOR + lower(text.charAt(i));
        }
        return hash;
    }

    /** {@return what the word in a text means, 0 for nothing} */
    int meaning(int hash, CharSequence text, int from, int to) {
        return meaning(hash, text, from, from, from, to);
    }

    /** {@return what the two parts of a text, taken as one word, mean, 0 for nothing} */
    int meaning(int hash, CharSequence text, int from, int to, int secondFrom, int secondTo) {
        int length = to - from + secondTo - secondFrom;
        for (int slot = slot(hash); ; slot = slot + 1 & words.length - 1) {
            String word = words[slot];
            if (word == null) {
                return 0;
            }
            if (word.length() == length
                    && matches(word, 0, text, from, to)
                    && matches(word, to - from, text, secondFrom, secondTo)) {
                return meanings[slot];
            }
        }
    }

    /** {@return what the words of a part of a text, taken as one, mean, 0 for nothing} */
    int joined(int hash, CharSequence text, int from, int to) {
        for (int slot = slot(hash); ; slot = slot + 1 & words.length - 1) {
            String word = words[slot];
            if (word == null) {
                return 0;
            }
            if (isJoined(word, text, from, to)) {
                return meanings[slot];
            }
        }
    }

    private static boolean isJoined(String word, CharSequence text, int from, int to) {
        int length = 0;
        for (int at = Words.start(text, from, to); at < to; ) {
            int end = Words.end(text, at, to);
            if (length + end - at > word.length() || !matches(word, length, text, at, end)) {
                return false;
            }
            length += end - at;
            at = Words.start(text, end, to);
        }
        return length == word.length();
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 15) & words.length - 1;
    }

    private static boolean matches(String word, int offset, CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (word.charAt(offset + i - from) != lower(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static char lower(char c) {
        if (c < 128) {
            return c >= 'A' && c <= 'Z' ? (char) (c + ' ') : c;
        }
        return Character.toLowerCase(c);
    }
}
