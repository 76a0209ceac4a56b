package dev.vitals.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One HTTP answer, immutable and safe to share: an endpoint may keep one and give it out a million times. Unless told
 * otherwise it must not be stored by caches (RFC 9111, section 5.2.2.5) nor have its type guessed.
 */
public final class Response {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Response(int status, Map<String, String> headers, byte[] body) {
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
        return body.length;
    }

    /**
     * Writes the body.
     *
     * @param out where to; neither flushed nor closed
     * @throws IOException if {@code out} throws it
     */
    public void writeTo(OutputStream out) throws IOException {
        out.write(body);
    }

    /** {@return the body read as UTF-8} */
    public String bodyAsText() {
        return new String(body, UTF_8);
    }

    @Override
    public String toString() {
        return status + " " + headers + ", " + body.length + " bytes";
    }
}
