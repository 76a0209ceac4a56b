package dev.vitals.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One HTTP answer, immutable and safe to share: an endpoint may keep one and give it out a million times, unless its
 * {@link Body} says otherwise. Unless told otherwise it must not be stored by caches (RFC 9111, section 5.2.2.5) nor
 * have its type guessed.
 */
public final class Response {
    private final int status;
    private final Map<String, String> headers;
    private final Body body;

    private Response(int status, Map<String, String> headers, Body body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /**
     * {@return an answer with a body}
     *
     * @param status the HTTP status, 200 to 599
     * @param contentType the value of {@code Content-Type}
     * @param body the bytes to send; the array is kept, not copied, and must not change afterwards
     * @throws IllegalArgumentException if the status is out of range
     */
    public static Response of(int status, String contentType, byte[] body) {
        return of(status, contentType, Body.of(body, body.length));
    }

    /**
     * {@return an answer whose body is written by what is given}
     *
     * @param status the HTTP status, 200 to 599
     * @param contentType the value of {@code Content-Type}
     * @param body writes the bytes
     * @throws IllegalArgumentException if the status is out of range
     */
    public static Response of(int status, String contentType, Body body) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("an answer needs a status from 200 to 599, not " + status);
        }
        Objects.requireNonNull(body, "body");
        return new Response(
                status,
                Map.of(
                        "Content-Type", contentType,
                        "Cache-Control", "no-store",
                        "X-Content-Type-Options", "nosniff"),
                body);
    }

    /**
     * {@return an answer of plain UTF-8 text}
     *
     * @param status the HTTP status, 200 to 599
     * @param body the text to send
     */
    public static Response text(int status, String body) {
        return of(status, "text/plain; charset=utf-8", body.getBytes(UTF_8));
    }

    /**
     * {@return this answer with one header more, or with that header replaced}
     *
     * @param name the header's name
     * @param value the header's value, without line breaks
     * @throws IllegalArgumentException if the name is none, or the value has a line break in it
     */
    public Response withHeader(String name, String value) {
        HeaderText.require(name, value);
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, Map.copyOf(more), body);
    }

    /** {@return the HTTP status} */
    public int status() {
        return status;
    }

    /** {@return the headers, {@code Content-Type} among them; the adapter adds {@code Content-Length}} */
    public Map<String, String> headers() {
        return headers;
    }

    /** {@return the length of the body in bytes} */
    public int length() {
        return body.length();
    }

    /**
     * Writes the body.
     *
     * @param out where to; neither flushed nor closed
     * @throws IOException if {@code out} throws it, or the body cannot be written again
     */
    public void writeTo(OutputStream out) throws IOException {
        body.writeTo(out);
    }

    /**
     * {@return the body read as UTF-8}
     *
     * @throws UncheckedIOException if the body cannot be written again
     */
    public String bodyAsText() {
        var bytes = new ByteArrayOutputStream(body.length());
        try {
            body.writeTo(bytes);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return bytes.toString(UTF_8);
    }

    @Override
    public String toString() {
        return status + " " + headers + ", " + body.length() + " bytes";
    }

    /**
     * The bytes of an answer, for those to whom a fresh array for each is too much. Safe for use by many threads. An
     * adapter writes it once, or not at all where the client has gone or has sent a HEAD; a body that can be written once
     * only says so.
     */
    public interface Body {
        /**
         * {@return the beginning of an array as a body, which can be written any number of times}
         *
         * @param bytes the array, kept and not copied; its beginning must not change afterwards
         * @param length how much of it to write, in bytes
         */
        static Body of(byte[] bytes, int length) {
            return new Bytes(bytes, length);
        }

        /** {@return the length in bytes; never changes} */
        int length();

        /**
         * Writes all bytes.
         *
         * @param out where to; neither flushed nor closed
         * @throws IOException if {@code out} throws it, or the bytes are no longer there
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private static final class Bytes implements Body {
        // Whatever is written at once, the JDK's server copies into a buffer of twice that size, and the JDK's sockets
        // into one that they keep with the thread.
        private static final int AT_ONCE = 32_768;

        private final byte[] bytes;
        private final int length;

        Bytes(byte[] bytes, int length) {
            Objects.checkFromIndexSize(0, length, bytes.length);
            this.bytes = bytes;
            this.length = length;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            for (int at = 0; at < length; at += AT_ONCE) {
                out.write(bytes, at, Math.min(AT_ONCE, length - at));
            }
        }
    }
}
