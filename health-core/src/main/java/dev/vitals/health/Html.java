package dev.vitals.health;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Collects a page. What is text is escaped; what is markup is a constant of ours. Used by one thread. */
final class Html {
    private final StringBuilder page = new StringBuilder(8192);

    /** Markup: never anything that came from elsewhere. */
    Html raw(String markup) {
        page.append(markup);
        return this;
    }

    /** Text, in an element or in a quoted attribute. Control characters, which HTML does not allow, are replaced. */
    Html text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> page.append("&lt;");
                case '>' -> page.append("&gt;");
                case '&' -> page.append("&amp;");
                case '"' -> page.append("&quot;");
                case '\'' -> page.append("&#39;");
                case '\n', '\t' -> page.append(c);
                default -> page.append(Character.isISOControl(c) ? '\ufffd' : c);
            }
        }
        return this;
    }

    Html number(long number) {
        page.append(number);
        return this;
    }

    int length() {
        return page.length();
    }

    byte[] bytes() {
        return page.toString().getBytes(UTF_8);
    }
}
