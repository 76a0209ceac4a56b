package dev.vitals.examples.orders;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line taken apart: flags, and options with a value ({@code --port 80} or {@code --port=80}). */
final class Given {
    private static final Set<String> FLAGS = Set.of("--once", "--help");
    private static final Set<String> OPTIONS = Set.of(
            "--port",
            "--management-port",
            "--traffic",
            "--jdbc-url",
            "--redis-uri",
            "--zipkin",
            "--environment",
            "--sentry-dsn");

    final Set<String> flags = new HashSet<>();
    final Map<String, String> values = new HashMap<>();

    Given(List<String> arguments) throws BadInput {
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (OPTIONS.contains(name)) {
                if (equals < 0 && !rest.hasNext()) {
                    throw new BadInput(name + " wants a value after it; --help lists all options");
                }
                values.put(name, equals < 0 ? rest.next() : argument.substring(equals + 1));
            } else if (FLAGS.contains(argument)) {
                flags.add(argument);
            } else if (argument.equals("-h")) {
                flags.add("--help");
            } else {
                throw new BadInput("there is no option " + name + "; --help lists all options");
            }
        }
    }

    int number(String name, int otherwise, int most) throws BadInput {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Said below, with the range.
        }
        throw new BadInput(name + " wants a number from 0 to " + most + ", not \"" + value + "\"");
    }
}
