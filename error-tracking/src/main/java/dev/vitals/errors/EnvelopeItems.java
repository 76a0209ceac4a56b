package dev.vitals.errors;

import io.sentry.NoOpLogger;
import io.sentry.SentryEnvelopeItem;
import io.sentry.SentryItemType;
import io.sentry.util.MapObjectWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The items of an envelope as they are sent. What this process has just written is scrubbed by now; what comes as bytes,
 * from a disk or from another SDK, is read and written anew, which changes nothing in what was scrubbed before. What
 * cannot be looked into is left out. Safe for use by many threads.
 */
final class EnvelopeItems {
    /** Not JSON, or JSON with something else in it. */
    private static final Set<SentryItemType> OPAQUE = EnumSet.of(
            SentryItemType.Attachment,
            SentryItemType.Profile,
            SentryItemType.ReplayRecording,
            SentryItemType.ReplayVideo);

    /** In the header of a profile that has a trace of another format behind its JSON: where that begins. */
    private static final String WITH_MORE = "meta_length";

    /** Writes an entity as scrubbed JSON. */
    interface Scrubbing {
        String json(Object entity) throws IOException;
    }

    private final ErrorTracking tracking;
    private final int maxDepth;
    private final Scrubbing scrubbing;
    private final ThreadLocal<Boolean> written = new ThreadLocal<>();
    // An envelope is written more than once where Sentry keeps it on a disk until it has arrived.
    private final Set<SentryEnvelopeItem> ours = items();
    private final Set<SentryEnvelopeItem> leftOut = items();

    EnvelopeItems(ErrorTracking tracking, int maxDepth, Scrubbing scrubbing) {
        this.tracking = tracking;
        this.maxDepth = maxDepth;
        this.scrubbing = scrubbing;
    }

    private static Set<SentryEnvelopeItem> items() {
        return Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    }

    /** Tells that the serializer has written, on this thread. */
    void written() {
        written.set(true);
    }

    /**
     * {@return the header and the item, each with the end of its line; null where it is left out}
     *
     * @throws Exception if it can neither be made nor scrubbed
     */
    byte @Nullable [] bytes(SentryEnvelopeItem item) throws Exception {
        boolean opaque = OPAQUE.contains(item.getHeader().getType());
        if (opaque && !tracking.settings().attachments()) {
            return leaveOut(item); // and do not read it from its file
        }
        byte[] data = opaque ? item.getData() : scrubbed(item);
        Map<String, @Nullable Object> header = header(item);
        if (header.containsKey(WITH_MORE) && !tracking.settings().attachments()) {
            return leaveOut(item);
        }
        header.put("length", data.length);
        var bytes = new ByteArrayOutputStream(data.length + 128);
        bytes.writeBytes(scrubbing.json(header).getBytes(StandardCharsets.UTF_8));
        bytes.write('\n');
        bytes.writeBytes(data);
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private byte @Nullable [] leaveOut(SentryEnvelopeItem item) {
        if (leftOut.add(item)) {
            tracking.counts().attachments.increment();
        }
        return null;
    }

    /** Only what has been made already knows its length. */
    private static Map<String, @Nullable Object> header(SentryEnvelopeItem item) throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        new MapObjectWriter(root).name("header").value(NoOpLogger.getInstance(), item.getHeader());
        Map<String, @Nullable Object> header = new LinkedHashMap<>();
        if (root.get("header") instanceof Map<?, ?> written) {
            written.forEach((name, value) -> header.put(String.valueOf(name), value));
        }
        return header;
    }

    private byte[] scrubbed(SentryEnvelopeItem item) throws Exception {
        if (ours.contains(item)) {
            return item.getData();
        }
        written.remove();
        byte[] data = item.getData();
        boolean isOurs = written.get() != null;
        written.remove();
        if (isOurs) {
            ours.add(item);
            return data;
        }
        return anew(item, data);
    }

    private byte[] anew(SentryEnvelopeItem item, byte[] data) throws IOException {
        try {
            Object tree = JsonTree.read(text(data), maxDepth);
            return scrubbing.json(tree == null ? "" : tree).getBytes(StandardCharsets.UTF_8);
        } catch (Throwable failure) { // whatever it is, the item must not go out as it is
            if (leftOut.add(item)) {
                tracking.counts().skeletons.increment();
            }
            throw new IOException(
                    "an item that came as bytes: " + failure.getClass().getName());
        }
    }

    private static String text(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }
}
