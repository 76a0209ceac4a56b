package dev.vitals.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request among path templates such as {@code /orders/{id}}: a segment in braces stands for any
 * one segment. The first template that matches is the route. Immutable and safe for use by many threads.
 */
public final class Routes implements Function<Request, @Nullable String> {
    private record Template(String text, List<String> segments) {
        boolean matches(String path) {
            int at = 0;
            for (String segment : segments) {
                if (at >= path.length()) {
                    return false;
                }
                int end = path.indexOf('/', at + 1);
                if (end < 0) {
                    end = path.length();
                }
                boolean any = segment.startsWith("{") && end > at + 1;
                if (!any && !isSame(segment, path, at + 1, end)) {
                    return false;
                }
                at = end;
            }
            return at == path.length();
        }

        private static boolean isSame(String segment, String path, int start, int end) {
            return segment.length() == end - start && path.startsWith(segment, start);
        }
    }

    private final List<Template> templates;

    private Routes(List<String> templates) {
        this.templates = templates.stream().map(Routes::parse).toList();
    }

    /**
     * {@return a finder of these routes}
     *
     * @param templates path templates, the more particular ones first
     * @throws IllegalArgumentException if one does not begin with {@code /}, or has braces within a segment
     */
    public static Routes of(String... templates) {
        return new Routes(List.of(templates));
    }

    @Override
    public @Nullable String apply(Request request) {
        String path = request.path();
        for (Template template : templates) {
            if (template.matches(path)) {
                return template.text();
            }
        }
        return null;
    }

    private static Template parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("the route \"" + text + "\" must begin with \"/\"");
        }
        List<String> segments = List.of(text.substring(1).split("/", -1));
        for (String segment : segments) {
            boolean braces = segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0;
            if (braces && !(segment.startsWith("{") && segment.indexOf('}') == segment.length() - 1)) {
                throw new IllegalArgumentException("in the route \"" + text + "\" a name in braces must be a whole"
                        + " segment, like /orders/{id}; not \"" + segment + "\"");
            }
        }
        return new Template(text, segments);
    }
}
