package dev.vitals.health.jdbc;

/**
 * Takes JDBC URLs out of messages: they may carry a user and a password. It cuts nothing short: half a secret would pass
 * the scrubber, which comes after it, and who writes the report cuts then. Pure, in linear time.
 */
final class Messages {
    private static final String SCHEME = "jdbc:";

    private Messages() {}

    static String withoutUrl(String message) {
        var clean = new StringBuilder(message.length());
        int from = 0;
        int url = indexOfUrl(message, 0);
        while (url >= 0) {
            clean.append(message, from, url).append("[JDBC URL]");
            from = endOfWord(message, url);
            url = indexOfUrl(message, from);
        }
        return clean.append(message, from, message.length()).toString();
    }

    private static int indexOfUrl(String text, int from) {
        for (int i = from; i <= text.length() - SCHEME.length(); i++) {
            if (text.regionMatches(true, i, SCHEME, 0, SCHEME.length())) {
                return i;
            }
        }
        return -1;
    }

    private static int endOfWord(String text, int from) {
        int end = from;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
