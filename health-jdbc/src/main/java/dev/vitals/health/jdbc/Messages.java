package dev.vitals.health.jdbc;

/** Takes JDBC URLs out of messages: they may carry a user and a password. Pure, in linear time. */
final class Messages {
    private static final String SCHEME = "jdbc:";
    private static final int LONGEST = 500;

    private Messages() {}

    static String withoutUrl(String message) {
        String cut = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
        var clean = new StringBuilder(cut.length());
        int from = 0;
        int url = indexOfUrl(cut, 0);
        while (url >= 0) {
            clean.append(cut, from, url).append("[JDBC URL]");
            from = endOfWord(cut, url);
            url = indexOfUrl(cut, from);
        }
        return clean.append(cut, from, cut.length()).toString();
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
