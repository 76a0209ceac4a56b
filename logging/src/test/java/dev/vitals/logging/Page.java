package dev.vitals.logging;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The configurations on {@code docs/logging.md}, each with the line that the page shows for it. */
record Page(String name, String xml, String line) {
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- (\\w+ \\w+) -->\n+```xml\n(.*?)```\n+```(?:json|text)\n(.*?)```", Pattern.DOTALL);

    static List<Page> examples(String framework) {
        try {
            return EXAMPLE.matcher(Files.readString(Path.of("../docs/logging.md")))
                    .results()
                    .map(found -> new Page(found.group(1), found.group(2), found.group(3)))
                    .filter(page -> page.name.startsWith(framework))
                    .toList();
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    static Page example(String name) {
        return examples(name).get(0);
    }

    boolean json() {
        return !name.endsWith("pattern");
    }

    @Override
    public String toString() {
        return name;
    }
}
