package dev.vitals.scrubbing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Finds and replaces personal data and secrets, in one pass over a text and in time that is linear in it, whatever the
 * text. Immutable but for its count, safe for use by many threads.
 *
 * <p>What it finds are the {@linkplain Kind kinds}; each is replaced by its label ({@code [email]}), a secret by {@code
 * [redacted]}, unless {@linkplain ScrubberBuilder#replace told otherwise}. Scrubbing what was scrubbed changes nothing.
 *
 * <p>Where findings overlap, the one whose trigger stands first in the text wins, and of those that share a trigger the
 * more precise (an IBAN before a card, a card before a phone); the text goes on behind it. So findings never overlap.
 *
 * <p>Of a text that is longer than the {@linkplain ScrubberBuilder#longestText limit}, 4 Mi characters unless told otherwise, what
 * is behind the limit is not read, and not sent: {@code [cut]} stands for it.
 *
 * <p>It fails closed: where anything goes wrong inside, and where the {@code toString} of a value throws, the result is
 * {@code [unscrubbable]} and {@link #unscrubbable()} counts it. No method throws, not even for null.
 */
public final class Scrubber {
    static final String REPLACEMENT = "[redacted]";
    static final String UNSCRUBBABLE = "[unscrubbable]";

    private static final Scrubber STANDARD = new Scrubber(Rules.STANDARD);

    private final Rules rules;
    private final LongAdder unscrubbable = new LongAdder();

    Scrubber(Rules rules) {
        this.rules = rules;
    }

    /** {@return the scrubber that every Vitals module uses: all kinds, each replaced by its label} */
    public static Scrubber standard() {
        return STANDARD;
    }

    /** {@return a builder of another scrubber; what it leaves as it is does as the standard one} */
    public static ScrubberBuilder builder() {
        return new ScrubberBuilder();
    }

    /** {@return the kinds that the standard scrubber finds} */
    public static List<Kind> kinds() {
        return Kind.BUILT_IN;
    }

    /**
     * {@return the text without what is private, the same instance where there was nothing}
     *
     * @param text any text: a log line, an exception's message, a header
     */
    public String scrub(String text) {
        try {
            return Pass.scrub(text, false, rules).toString();
        } catch (Throwable failure) { // whatever it is, the original must not go out
            return failed();
        }
    }

    /**
     * {@return the same for any character sequence, itself where there was nothing}
     *
     * @param text the text; it must not change meanwhile
     */
    public CharSequence scrub(CharSequence text) {
        try {
            String before = text.toString();
            String after = scrub(before);
            return after.equals(before) ? text : after;
        } catch (Throwable failure) { // as above
            return failed();
        }
    }

    /**
     * {@return the same for text in UTF-8, the array itself where there was nothing}
     *
     * @param utf8 the text; where it is no UTF-8 and something is found, U+FFFD stands for what could not be read
     */
    public byte[] scrub(byte[] utf8) {
        try {
            String before = new String(utf8, StandardCharsets.UTF_8);
            String after = scrub(before);
            return after.equals(before) ? utf8 : after.getBytes(StandardCharsets.UTF_8);
        } catch (Throwable failure) { // as above
            return failed().getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * {@return what is private in a text, in its order, without overlaps} Where something goes wrong inside, the whole
     * text is one finding of the kind {@link Kind#SECRET}; so is what is behind the limit of a text that is too long. What is seen only when its neighbour is
     * gone, {@link #scrub(String)} replaces as well; here it is not told.
     *
     * @param text any text
     */
    public List<Finding> find(CharSequence text) {
        int length = 0;
        try {
            length = text.length();
            return Pass.list(text.toString(), rules);
        } catch (Throwable failure) { // as above
            failed();
            return List.of(new Finding(Kind.SECRET, 0, length));
        }
    }

    /**
     * {@return the URL without its user info and its secret parameters, the same instance where there were none}
     *
     * <p>Percent-encoded values are decoded to look into them; where something was found they are encoded anew.
     *
     * @param url a URL, absolute or relative, well-formed or not
     */
    public String scrubUrl(String url) {
        try {
            return EncodedUrls.scrubWhole(url, this);
        } catch (Throwable failure) { // as above
            return failed();
        }
    }

    /**
     * {@return headers without the values of sensitive names, and with all other values scrubbed} The order is kept.
     *
     * @param headers HTTP headers, as {@code java.net.http.HttpHeaders.map()} gives them
     */
    public Map<String, List<String>> scrubHeaders(Map<String, List<String>> headers) {
        try {
            return Headers.scrub(headers, this);
        } catch (Throwable failure) { // as above
            failed();
            return Map.of();
        }
    }

    /**
     * {@return SQL with {@code ?} in the place of every literal, and its comments scrubbed}
     *
     * @param sql one statement or several, well-formed or not, of any dialect
     */
    public String scrubSql(String sql) {
        try {
            return Sql.scrub(sql, this);
        } catch (Throwable failure) { // as above
            return failed();
        }
    }

    /**
     * {@return JSON text with its structure kept and its values scrubbed, the same instance where there was nothing} What
     * is no JSON, or was cut off, is scrubbed as text. The limit on the length of a text holds for each string.
     *
     * @param json JSON text (RFC 8259)
     */
    public String scrubJson(String json) {
        try {
            return json.length() > Found.LONGEST_TEXT ? scrub(json) : Json.scrub(json, this, 0);
        } catch (Throwable failure) { // as above
            return failed();
        }
    }

    /**
     * Copies text in UTF-8 line by line, scrubbed, one line out for each line in. It writes out what it has whenever
     * nothing more can be read at once, and reads no faster than what it writes is taken.
     *
     * @param in where the lines come from, read to its end, not closed
     * @param out where they go, flushed, not closed
     * @return how many lines it copied
     * @throws IOException if reading or writing fails
     */
    public long scrubLines(InputStream in, OutputStream out) throws IOException {
        return Lines.scrub(in, out, this);
    }

    /**
     * Copies JSON Lines as {@link #scrubLines} copies text: each line is scrubbed as {@link #scrubJson} does.
     *
     * @param in where the lines come from, read to its end, not closed
     * @param out where they go, flushed, not closed
     * @return how many lines it copied
     * @throws IOException if reading or writing fails
     */
    public long scrubJsonLines(InputStream in, OutputStream out) throws IOException {
        return Lines.scrub(in, out, this::scrubJson, Lines.LONGEST);
    }

    /**
     * {@return the value without its secrets} A tree of maps, collections and arrays is copied, 8 levels deep, 256
     * entries a level and 8,192 in all at most, with {@code [cut]} for the rest: a cyclic tree does no harm. The JDK's
     * numbers, unless their digits are private, booleans and null stay as they are; keys that come out the same get a
     * number ({@code [email]#2}); a {@code byte[]} becomes its length; everything else becomes its
     * scrubbed {@code toString}. Maps come back as maps with strings as keys, collections and arrays as lists.
     *
     * @param key the name that the value goes by
     * @param value the value
     */
    public @Nullable Object scrubValue(String key, @Nullable Object value) {
        try {
            return new Trees(this).copy(key, value, 0);
        } catch (Throwable failure) { // as above
            return failed();
        }
    }

    /**
     * {@return whether what goes by this name is a secret; true also where that cannot be told}
     *
     * <p>Names are split into words, so {@code dbPassword}, {@code X-Api-Key} and {@code user[password]} are sensitive
     * and {@code monkey} is not; nor is what only says something about a secret, as {@code passwordPolicyUrl} does.
     *
     * @param key a name in any writing
     */
    public boolean isSensitiveKey(CharSequence key) {
        try {
            return rules.keys().isSensitive(key, 0, key.length());
        } catch (Throwable failure) { // as above
            failed();
            return true;
        }
    }

    /** {@return how many times something could not be scrubbed and was replaced as a whole} */
    public long unscrubbable() {
        return unscrubbable.sum();
    }

    Rules rules() {
        return rules;
    }

    boolean finds(Kind kind) {
        return kind.in(rules.kinds());
    }

    String failed() {
        unscrubbable.increment();
        return UNSCRUBBABLE;
    }
}
