package dev.vitals.scrubbing;

import org.jspecify.annotations.Nullable;

/** What is replaced in one JSON text, from its beginning on. */
final class JsonEdits {
    private final String text;
    private final Rules rules;
    private @Nullable StringBuilder out;
    private int copied;

    JsonEdits(String text, Rules rules) {
        this.text = text;
        this.rules = rules;
    }

    /** {@return the text as it is now, the same instance where nothing was replaced} */
    String text() {
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    /** Hides a value that is no string. */
    void redact(int from, int to) {
        replaceQuoted(from, to, rules.redacted(text.substring(from, to)));
    }

    /**
     * Hides a string.
     *
     * @param from where its quote stands
     * @param to the index behind it
     * @param meant what it means
     */
    void redact(int from, int to, String meant) {
        String safe = rules.redacted(meant);
        if (!safe.equals(meant)) {
            replaceQuoted(from, to, safe);
        }
    }

    void replaceQuoted(int from, int to, String with) {
        StringBuilder target = copyUpTo(from, to).append('"');
        JsonStrings.escape(with, "", target);
        target.append('"');
    }

    /** Replaces what stands between the quotes of a string. */
    void replaceContent(int from, int to, String with) {
        JsonStrings.escape(with, text.substring(from, to), copyUpTo(from, to));
    }

    private StringBuilder copyUpTo(int from, int next) {
        if (out == null) {
            out = new StringBuilder(text.length() + 16);
        }
        out.append(text, copied, from);
        copied = next;
        return out;
    }
}
