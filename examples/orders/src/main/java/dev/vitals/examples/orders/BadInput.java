package dev.vitals.examples.orders;

/** What the user gave cannot work; the message says so in one line, and what to do. Exit code 2. */
final class BadInput extends Exception {
    private static final long serialVersionUID = 1;

    private final String line;

    BadInput(String message) {
        super(message);
        line = message.replaceAll("\\s+", " ").strip();
    }

    String line() {
        return line;
    }
}
