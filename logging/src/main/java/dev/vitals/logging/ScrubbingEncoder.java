package dev.vitals.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.DefaultClass;
import dev.vitals.scrubbing.Scrubber;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Lets another encoder write the whole line and scrubs what it wrote, so that nothing that stands in an event goes past
 * the scrubber: message, arguments, key-value pairs, markers, MDC, exceptions with their causes, logger and thread. It
 * stands wherever Logback takes an encoder, and works with any encoder that writes text or one JSON object a line:
 *
 * <pre>{@code
 * <encoder class="dev.vitals.logging.ScrubbingEncoder">
 *   <encoder class="ch.qos.logback.classic.encoder.JsonEncoder"/>
 * </encoder>
 * }</pre>
 *
 * <p>With nothing inside, it writes what a {@link JsonEncoder} writes. JSON keeps its structure; what goes by a sensitive name is replaced there whatever it looks like. In a {@link
 * JsonEncoder} it switches bare arguments off and the formatted message on: an argument apart from its message has lost
 * the name that it goes by.
 *
 * <p>It fails closed, and never throws: where the encoder inside or the scrubber fails, the line is its time, level and
 * logger and {@code [unscrubbable]}, as JSON where the line would have been, and {@link Scrubber#unscrubbable()} counts
 * it.
 *
 * <p>Safe for use by many threads once started, as far as the encoder inside is.
 */
// Who uses this has Logback; who does not must not need its modules to compile against this one.
@SuppressWarnings("exports")
public final class ScrubbingEncoder extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};

    private Encoder<ILoggingEvent> nested;
    private Lines lines;
    private Charset charset = UTF_8;

    /** An encoder that scrubs with {@link Scrubber#standard()}, for Logback to configure. */
    public ScrubbingEncoder() {
        this(new JsonEncoder(), Scrubber.standard());
    }

    /**
     * An encoder to be set up in code. Starting and stopping it starts and stops the one inside.
     *
     * @param nested what writes the line
     * @param scrubber what scrubs it
     */
    public ScrubbingEncoder(Encoder<ILoggingEvent> nested, Scrubber scrubber) {
        this.nested = nested;
        this.lines = new Lines(scrubber);
    }

    /**
     * Sets what writes the line.
     *
     * @param nested the encoder; a {@link PatternLayoutEncoder} where a configuration names no class
     */
    @DefaultClass(PatternLayoutEncoder.class)
    public void setEncoder(Encoder<ILoggingEvent> nested) {
        this.nested = nested;
    }

    /**
     * Sets the scrubber where it is not to be the standard one. Where that fails, Logback's status says so, and every
     * line is {@code [unscrubbable]}.
     *
     * @param supplier the name of a public class with a public constructor without parameters that implements {@code
     *     Supplier<Scrubber>}
     */
    public void setScrubber(String supplier) {
        lines = Lines.scrubbedBy(supplier, this::addError);
    }

    @Override
    public void start() {
        if (nested instanceof JsonEncoder json) {
            json.setWithArguments(false);
            json.setWithFormattedMessage(true);
        }
        if (!nested.isStarted()) {
            nested.setContext(getContext());
            nested.start();
        }
        if (nested instanceof LayoutWrappingEncoder<?> text) {
            charset = text.getCharset() == null ? Charset.defaultCharset() : text.getCharset();
        }
        super.start();
    }

    @Override
    public void stop() {
        super.stop();
        nested.stop();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        boolean json = !(nested instanceof LayoutWrappingEncoder);
        try {
            byte[] written = nested.encode(event);
            if (written == null) {
                return NOTHING;
            }
            String line = new String(written, charset);
            json = Lines.isJson(line);
            String scrubbed = lines.scrub(line);
            if (scrubbed != null) {
                return scrubbed.equals(line) ? written : scrubbed.getBytes(charset);
            }
        } catch (Throwable failure) { // whatever it is, the application must not see it, and nobody the line
            lines.count();
            addWarn("An event could not be written: " + failure.getClass().getName());
        }
        return lines.instead(json, event.getTimeStamp(), String.valueOf(event.getLevel()), event.getLoggerName())
                .getBytes(charset);
    }

    @Override
    public byte @Nullable [] headerBytes() {
        return scrub(nested.headerBytes());
    }

    @Override
    public byte @Nullable [] footerBytes() {
        return scrub(nested.footerBytes());
    }

    /** {@return whether the encoder inside wants one event at a time} */
    @Override
    public boolean isStateful() {
        return nested.isStateful();
    }

    private byte @Nullable [] scrub(byte @Nullable [] frame) {
        String scrubbed = frame == null ? null : lines.scrub(new String(frame, charset));
        return scrubbed == null ? null : scrubbed.getBytes(charset);
    }
}
