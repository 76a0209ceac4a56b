package dev.vitals.scrubbing;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Finds and replaces secrets, in one pass over a text and in time that is linear in it, whatever the text. Immutable but
 * for its count, safe for use by many threads.
 *
 * <p>It finds the values of sensitive names ({@code password=…}, {@code "apiKey": "…"}, {@code Authorization: …}), user
 * info and secret parameters in URLs of any scheme, {@code Bearer} and {@code Basic} credentials and JSON web tokens.
 * Each is replaced by {@code [redacted]}. Scrubbing what was scrubbed changes nothing.
 *
 * <p>It fails closed: where anything goes wrong inside, and where the {@code toString} of a value throws, the result is
 * {@code [unscrubbable]} and {@link #unscrubbable()} counts it. No method throws, not even for null.
 */
public final class Scrubber {
    static final String REPLACEMENT = "[redacted]";
    static final String UNSCRUBBABLE = "[unscrubbable]";

    private static final Scrubber STANDARD = new Scrubber(Keys::judge);

    private final KeyJudge keys;
    private final LongAdder unscrubbable = new LongAdder();

    Scrubber(KeyJudge keys) {
        this.keys = keys;
    }

    /** {@return the scrubber that every Vitals module uses} */
    public static Scrubber standard() {
        return STANDARD;
    }

    /**
     * {@return the text without its secrets, the same instance where there were none}
     *
     * @param text any text: a log line, an exception's message, JSON, a header
     */
    public String scrub(String text) {
        try {
            return TextPass.scrub(text, keys).toString();
        } catch (Throwable failure) { // whatever it is, the original must not go out
            return failed();
        }
    }

    /**
     * {@return the URL without its user info and its secret parameters, the same instance where there were none}
     *
     * @param url a URL, absolute or relative, well-formed or not
     */
    public String scrubUrl(String url) {
        try {
            return TextPass.scrubUrl(url, keys).toString();
        } catch (Throwable failure) { // as above
            return failed();
        }
    }

    /**
     * {@return the value without its secrets} A tree of maps, collections and arrays is copied, 8 levels deep, 256
     * entries a level and 8,192 in all at most, with {@code [cut]} for the rest: a cyclic tree does no harm. The JDK's
     * numbers, booleans and null stay as they are; a {@code byte[]} becomes its length; everything else becomes its
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
            Kind kind = keys.judge(key, 0, key.length());
            return kind == Kind.SECRET || kind == Kind.SECRET_LINE;
        } catch (Throwable failure) { // as above
            failed();
            return true;
        }
    }

    /** {@return how many times something could not be scrubbed and was replaced as a whole} */
    public long unscrubbable() {
        return unscrubbable.sum();
    }

    String failed() {
        unscrubbable.increment();
        return UNSCRUBBABLE;
    }
}
