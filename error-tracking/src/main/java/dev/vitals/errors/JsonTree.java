package dev.vitals.errors;

import io.sentry.vendor.gson.stream.JsonReader;
import io.sentry.vendor.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON that somebody else has written, so that it can be written anew, numbers as they were. */
final class JsonTree {
    private static final String CUT = "[cut]";

    private final JsonReader reader;
    private final int maxDepth;

    private JsonTree(JsonReader reader, int maxDepth) {
        this.reader = reader;
        this.maxDepth = maxDepth;
    }

    /**
     * {@return maps, lists, strings, booleans, numbers and null}
     *
     * @throws IOException if the text is no JSON; its message is not to be shown
     */
    static @Nullable Object read(String json, int maxDepth) throws IOException {
        JsonReader reader = new JsonReader(new StringReader(json));
        Object tree = new JsonTree(reader, maxDepth).value(0);
        if (reader.peek() != JsonToken.END_DOCUMENT) {
            throw new IOException("more than one value");
        }
        return tree;
    }

    /** {@return a text or a list for an array that Sentry would write element by element, and any other value itself} */
    static @Nullable Object simple(@Nullable Object value) {
        if (value instanceof char[] text) {
            return new String(text); // a character at a time it would get past any scrubber
        }
        if (value instanceof byte[] bytes) {
            return "[" + bytes.length + " bytes]";
        }
        return value instanceof Object[] array ? Arrays.asList(array) : value;
    }

    private @Nullable Object value(int depth) throws IOException {
        JsonToken token = reader.peek();
        if (depth == maxDepth && (token == JsonToken.BEGIN_OBJECT || token == JsonToken.BEGIN_ARRAY)) {
            reader.skipValue();
            return CUT;
        }
        return switch (token) {
            case BEGIN_OBJECT -> object(depth);
            case BEGIN_ARRAY -> array(depth);
            case NUMBER -> new Literal(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> {
                reader.nextNull();
                yield null;
            }
            default -> reader.nextString();
        };
    }

    private Map<String, @Nullable Object> object(int depth) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            members.put(reader.nextName(), value(depth + 1));
        }
        reader.endObject();
        return members;
    }

    private List<@Nullable Object> array(int depth) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            elements.add(value(depth + 1));
        }
        reader.endArray();
        return elements;
    }

    /** A number as it was spelled. */
    private static final class Literal extends Number {
        private static final long serialVersionUID = 1;

        private final String spelling;

        Literal(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public double doubleValue() {
            return Double.parseDouble(spelling);
        }

        @Override
        public int intValue() {
            return (int) doubleValue();
        }

        @Override
        public long longValue() {
            return (long) doubleValue();
        }

        @Override
        public float floatValue() {
            return (float) doubleValue();
        }

        @Override
        public String toString() {
            return spelling;
        }
    }
}
