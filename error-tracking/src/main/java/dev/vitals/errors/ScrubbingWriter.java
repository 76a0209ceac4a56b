package dev.vitals.errors;

import io.sentry.ILogger;
import io.sentry.JsonObjectSerializer;
import io.sentry.JsonSerializable;
import io.sentry.NoOpLogger;
import io.sentry.ObjectWriter;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scrubs JSON while it is written: strings, names and numbers pass the scrubber, and a value under a sensitive name, a
 * whole tree too, becomes {@code [redacted]}. Booleans and null tell no secret and stay. Used by one thread.
 */
final class ScrubbingWriter implements ObjectWriter {
    private static final String REDACTED = "[redacted]";
    private static final String CUT = "[cut]";

    /** More than any report has; a tree that holds itself many times over has no end. */
    private static final int MOST_VALUES = 1 << 20;

    private final ObjectWriter out;
    private final FieldScrubber scrubber;
    private final JsonObjectSerializer objects;
    private final int maxDepth;
    private int depth;
    private int values;
    private boolean broken;

    private Place place = Place.REPORT;
    private String name = "";
    private boolean sensitive;
    private boolean statement;
    // How many objects and arrays are open inside one that is left out.
    private int leftOut;

    ScrubbingWriter(ObjectWriter out, FieldScrubber scrubber, int maxDepth) {
        this.out = out;
        this.scrubber = new GuardedScrubber(scrubber);
        this.maxDepth = maxDepth;
        this.objects = new JsonObjectSerializer(maxDepth);
    }

    /** {@return whether all was written that was begun; Sentry catches some exceptions on the way} */
    boolean isWhole() {
        return !broken && depth == 0 && leftOut == 0 && place.outer() == null;
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
            place = place.inner(name, statement);
            statement = false;
            return true;
        }
        if (leftOut == 0 && place.name().equals("attributes")) { // of a log, where each has a type
            sensitive = false;
            out.beginObject()
                    .name("type")
                    .value("string")
                    .name("value")
                    .value(REDACTED)
                    .endObject();
        }
        redact();
        leftOut++;
        return false;
    }

    private boolean ends() {
        if (leftOut > 0) {
            leftOut--;
            return false;
        }
        name = place.name();
        Place outer = place.outer();
        if (outer != null) {
            place = outer;
        }
        return true;
    }

    @Override
    public ObjectWriter name(String name) throws IOException {
        if (leftOut == 0) {
            this.name = name;
            sensitive = scrubber.isSensitive(name);
            out.name(scrubber.name(name));
        }
        return this;
    }

    @Override
    public ObjectWriter value(@Nullable String text) throws IOException {
        if (text == null) {
            return nullValue();
        }
        if (!redact()) {
            out.value(scrubber.text(place, name, text));
        }
        return this;
    }

    /** What is no JSON becomes a string. */
    @Override
    public ObjectWriter jsonValue(@Nullable String json) throws IOException {
        if (json == null) {
            return nullValue();
        }
        Object tree;
        try {
            tree = JsonTree.read(json, maxDepth);
        } catch (IOException | RuntimeException notJson) {
            return value(json);
        }
        return value(NoOpLogger.getInstance(), tree);
    }

    @Override
    public ObjectWriter value(double number) throws IOException {
        return number(number, scrubber.isMeasure(name));
    }

    @Override
    public ObjectWriter value(long number) throws IOException {
        return number(number, scrubber.isMeasure(name));
    }

    @Override
    public ObjectWriter value(@Nullable Number number) throws IOException {
        return number == null ? nullValue() : number(number, scrubber.isMeasure(name));
    }

    private ObjectWriter number(Number number, boolean measure) throws IOException {
        if (redact()) {
            return this;
        }
        String instead = measure ? null : scrubber.number(place, name, number);
        if (instead == null) {
            out.value(number);
        } else {
            out.value(instead);
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
        if (leftOut > 0) {
            return this;
        }
        // Trees are walked here, and not by Sentry's serializer, so that every value in them comes by here too.
        if (++values > MOST_VALUES || depth == maxDepth) {
            return value(CUT);
        }
        depth++;
        statement = Place.isStatement(value);
        try {
            written(logger, JsonTree.simple(value));
        } catch (Throwable failure) {
            broken = true;
            throw failure;
        }
        statement = false;
        depth--;
        return this;
    }

    private void written(ILogger logger, @Nullable Object value) throws IOException {
        if (value instanceof JsonSerializable) {
            objects.serialize(this, logger, value);
        } else if (value instanceof Number number) {
            number(number, false); // one by one numbers come where a class of Sentry's writes its own
        } else if (value instanceof Map<?, ?> map) {
            members(logger, map);
        } else if (value instanceof Collection<?> collection) {
            elements(logger, collection);
        } else {
            objects.serialize(this, logger, value);
        }
    }

    private void members(ILogger logger, Map<?, ?> map) throws IOException {
        beginObject();
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (member.getKey() instanceof String key) { // Sentry leaves out the others as well
                name(key).value(logger, member.getValue());
            }
            if (values > MOST_VALUES) {
                break;
            }
        }
        endObject();
    }

    private void elements(ILogger logger, Collection<?> elements) throws IOException {
        beginArray();
        for (Object element : elements) {
            value(logger, element);
            if (values > MOST_VALUES) {
                break;
            }
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

    @Override
    public void setLenient(boolean lenient) {
        out.setLenient(lenient);
    }

    @Override
    public void setIndent(@Nullable String indent) {
        if (indent == null || indent.isBlank()) { // it is written as it is
            out.setIndent(indent);
        }
    }

    @Override
    public @Nullable String getIndent() {
        return out.getIndent();
    }
}
