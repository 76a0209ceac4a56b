package dev.vitals.scrubbing;

/** What parts of one JSON text, asked for in their order, have in them: each next sign is looked up once for all of them. */
final class JsonContent {
    private final String text;
    private final Triggers triggers;
    private int backslash = -1;
    private int trigger = -1;

    JsonContent(String text, Triggers triggers) {
        this.text = text;
        this.triggers = triggers;
    }

    boolean hasEscape(int from, int to) {
        if (backslash < from) {
            int next = text.indexOf('\\', from);
            backslash = next < 0 ? Integer.MAX_VALUE : next;
        }
        return backslash < to;
    }

    /** {@return false where nothing can be found in a part as it is written} */
    boolean hasTrigger(int from, int to) {
        if (trigger < from) {
            trigger = triggers.next(text, from);
        }
        return trigger < to;
    }

    /** {@return false where nothing can be found in what a string means} */
    boolean mayMatter(int from, int to) {
        return hasEscape(from, to) || hasTrigger(from, to);
    }

    /** {@return what the string means that stands in a part} */
    String meaning(int from, int to) {
        String raw = text.substring(from, to);
        return hasEscape(from, to) ? JsonStrings.unescape(raw) : raw;
    }

    /** {@return whether a glance at the whole text tells that there is nothing to hide} */
    static boolean isOrdinary(String json, Rules rules) {
        try {
            return json.indexOf('\\') < 0 && Pass.isOrdinaryJson(json, rules);
        } catch (Throwable failure) { // the walk finds the string that it failed at, and replaces that alone
            return false;
        }
    }
}
