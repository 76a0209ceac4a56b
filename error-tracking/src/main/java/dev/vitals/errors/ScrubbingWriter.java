package dev.vitals.errors;

import io.sentry.ILogger;
import io.sentry.JsonObjectSerializer;
import io.sentry.JsonSerializable;
import io.sentry.ObjectWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scrubs JSON while it is written: strings and names pass the scrubber, and a value under a sensitive name, a whole tree
 * too, becomes {@code [redacted]}. Booleans and null tell no secret and stay. Used by one thread.
 */
final class ScrubbingWriter implements ObjectWriter {
    private static final String REDACTED = "[redacted]";
    private static final String CUT = "[cut]";
    private static final String UNSCRUBBABLE = "[unscrubbable]";

    private final ObjectWriter out;
    private final FieldScrubber scrubber;
    private final JsonObjectSerializer objects;
    private final int maxDepth;
    private int depth;

    private String name = "";
    private boolean sensitive;
    // How many objects and arrays are open inside one that is left out.
    private int leftOut;

    ScrubbingWriter(ObjectWriter out, FieldScrubber scrubber, int maxDepth) {
        this.out = out;
        this.scrubber = scrubber;
        this.maxDepth = maxDepth;
        this.objects = new JsonObjectSerializer(maxDepth);
    }

    @Override
    public ObjectWriter beginObject() throws IOException {
        if (begins()) {
            out.beginObject();
        }
        return this;
    }

    @Override
    public ObjectWriter beginArray() throws IOException {
        if (begins()) {
            out.beginArray();
        }
        return this;
    }

    @Override
    public ObjectWriter endObject() throws IOException {
        if (ends()) {
            out.endObject();
        }
        return this;
    }

    @Override
    public ObjectWriter endArray() throws IOException {
        if (ends()) {
            out.endArray();
        }
        return this;
    }

    private boolean begins() throws IOException {
        if (leftOut == 0 && !sensitive) {
            return true;
        }
        redact();
        leftOut++;
        return false;
    }

    private boolean ends() {
        if (leftOut == 0) {
            return true;
        }
        leftOut--;
        return false;
    }

    @Override
    public ObjectWriter name(String name) throws IOException {
        if (leftOut == 0) {
            this.name = name;
            sensitive = isSensitive(name);
            out.name(scrubbed("", name));
        }
        return this;
    }

    @Override
    public ObjectWriter value(@Nullable String text) throws IOException {
        if (text == null) {
            return nullValue();
        }
        if (!redact()) {
            out.value(scrubbed(name, text));
        }
        return this;
    }

    @Override
    public ObjectWriter jsonValue(@Nullable String json) throws IOException {
        if (json == null) {
            return nullValue();
        }
        if (!redact()) {
            out.jsonValue(scrubbed(name, json));
        }
        return this;
    }

    @Override
    public ObjectWriter value(double number) throws IOException {
        if (!redact()) {
            out.value(number);
        }
        return this;
    }

    @Override
    public ObjectWriter value(long number) throws IOException {
        if (!redact()) {
            out.value(number);
        }
        return this;
    }

    @Override
    public ObjectWriter value(@Nullable Number number) throws IOException {
        if (number == null) {
            return nullValue();
        }
        if (!redact()) {
            out.value(number);
        }
        return this;
    }

    @Override
    public ObjectWriter nullValue() throws IOException {
        if (passes()) {
            out.nullValue();
        }
        return this;
    }

    @Override
    public ObjectWriter value(boolean value) throws IOException {
        if (passes()) {
            out.value(value);
        }
        return this;
    }

    @Override
    public ObjectWriter value(@Nullable Boolean value) throws IOException {
        return value == null ? nullValue() : value(value.booleanValue());
    }

    @Override
    public ObjectWriter value(ILogger logger, @Nullable Object value) throws IOException {
        if (value instanceof char[] text) {
            return value(new String(text)); // Sentry would write it a character at a time, past any scrubber
        }
        if (value instanceof byte[] bytes) {
            return value("[" + bytes.length + " bytes]");
        }
        if (leftOut > 0) {
            return this;
        }
        // Trees are walked here, and not by Sentry's serializer, so that every value in them comes by here too.
        if (depth == maxDepth) {
            return value(CUT);
        }
        depth++;
        if (value instanceof Map<?, ?> map && !(value instanceof JsonSerializable)) {
            members(logger, map);
        } else if (value instanceof Collection<?> collection && !(value instanceof JsonSerializable)) {
            elements(logger, collection);
        } else if (value instanceof Object[] array) {
            elements(logger, Arrays.asList(array));
        } else {
            objects.serialize(this, logger, value);
        }
        depth--;
        return this;
    }

    private void members(ILogger logger, Map<?, ?> map) throws IOException {
        beginObject();
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (member.getKey() instanceof String key) { // Sentry leaves out the others as well
                name(key).value(logger, member.getValue());
            }
        }
        endObject();
    }

    private void elements(ILogger logger, Collection<?> elements) throws IOException {
        beginArray();
        for (Object element : elements) {
            value(logger, element);
        }
        endArray();
    }

    /** Writes the replacement where one is due; returns whether there is nothing more to write for this value. */
    private boolean redact() throws IOException {
        if (leftOut > 0) {
            return true;
        }
        if (!sensitive) {
            return false;
        }
        sensitive = false;
        out.value(REDACTED);
        return true;
    }

    private boolean passes() {
        sensitive &= leftOut > 0;
        return leftOut == 0;
    }

    private boolean isSensitive(String name) {
        try {
            return scrubber.isSensitive(name);
        } catch (Throwable failure) { // what cannot be judged must not go out
            return true;
        }
    }

    private String scrubbed(String name, String text) {
        try {
            return scrubber.text(name, text);
        } catch (Throwable failure) { // as above
            return UNSCRUBBABLE;
        }
    }

    @Override
    public void setLenient(boolean lenient) {
        out.setLenient(lenient);
    }

    @Override
    public void setIndent(@Nullable String indent) {
        out.setIndent(indent);
    }

    @Override
    public @Nullable String getIndent() {
        return out.getIndent();
    }
}
