package dev.vitals.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.scrubbing.Scrubber;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.Map;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginAttribute;
import org.apache.logging.log4j.core.config.plugins.PluginConfiguration;
import org.apache.logging.log4j.core.config.plugins.PluginElement;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.core.impl.LocationAware;
import org.apache.logging.log4j.core.layout.ByteBufferDestination;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.status.StatusLogger;
import org.jspecify.annotations.Nullable;

/**
 * Lets another layout write the whole line and scrubs what it wrote, so that nothing that stands in an event goes past
 * the scrubber: message, parameters, thread context, exceptions with their causes, logger and thread. It stands wherever
 * Log4j2 takes a layout, and works with any layout that writes text or one JSON object a line:
 *
 * <pre>{@code
 * <Console name="out">
 *   <ScrubbingLayout>
 *     <JsonTemplateLayout eventTemplateUri="classpath:EcsLayout.json"/>
 *   </ScrubbingLayout>
 * </Console>
 * }</pre>
 *
 * <p>JSON keeps its structure; what goes by a sensitive name is replaced there whatever it looks like.
 *
 * <p>It fails closed, and never throws: where the layout inside or the scrubber fails, the line is its time, level and
 * logger and {@code [unscrubbable]}, as JSON where the line would have been, and {@link Scrubber#unscrubbable()} counts
 * it. Safe for use by many threads.
 */
// Who uses this has Log4j2; who does not must not need its modules to compile against this one.
@SuppressWarnings("exports")
@Plugin(name = "ScrubbingLayout", category = Node.CATEGORY, elementType = Layout.ELEMENT_TYPE, printObject = true)
public final class ScrubbingLayout implements StringLayout, LocationAware {
    private static final Logger STATUS = StatusLogger.getLogger();

    private final Layout<?> nested;
    private final Lines lines;

    private ScrubbingLayout(Layout<?> nested, Lines lines) {
        this.nested = nested;
        this.lines = lines;
    }

    /**
     * {@return a layout that scrubs what another one writes, to be set up in code}
     *
     * @param nested what writes the line
     * @param scrubber what scrubs it
     */
    public static ScrubbingLayout of(StringLayout nested, Scrubber scrubber) {
        return new ScrubbingLayout(nested, new Lines(scrubber));
    }

    /**
     * {@return the layout of a configuration} It never refuses: an appender without a layout would write the raw line.
     * What it cannot use, Log4j2's status says, and every line is {@code [unscrubbable]}.
     *
     * @param configuration the configuration that the layout stands in
     * @param nested the layout that stands in this one, one that writes text; Log4j2's default where there is none
     * @param scrubber the name of a public class with a public constructor without parameters that implements {@code
     *     Supplier<Scrubber>}, where it is not to be {@link Scrubber#standard()}
     */
    @PluginFactory
    public static ScrubbingLayout create(
            @PluginConfiguration Configuration configuration,
            @PluginElement("Layout") @Nullable Layout<? extends Serializable> nested,
            @PluginAttribute("scrubber") @Nullable String scrubber) {
        Layout<?> writer = nested == null ? PatternLayout.createDefaultLayout(configuration) : nested;
        if (!(writer instanceof StringLayout)) {
            STATUS.error(
                    "{} writes no text, and every line will be [unscrubbable]: put another layout into the"
                            + " ScrubbingLayout",
                    writer.getClass().getName());
        }
        return new ScrubbingLayout(
                writer, scrubber == null ? new Lines(Scrubber.standard()) : Lines.scrubbedBy(scrubber, STATUS::error));
    }

    @Override
    public String toSerializable(LogEvent event) {
        boolean json = String.valueOf(getContentType()).contains("json");
        try {
            String line = ((StringLayout) nested).toSerializable(event);
            json = Lines.isJson(line);
            String scrubbed = lines.scrub(line);
            if (scrubbed != null) {
                return scrubbed;
            }
        } catch (Throwable failure) { // whatever it is, the application must not see it, and nobody the line
            lines.count();
            STATUS.warn("An event could not be written: {}", failure.getClass().getName());
        }
        return lines.instead(json, event.getTimeMillis(), String.valueOf(event.getLevel()), event.getLoggerName());
    }

    @Override
    public byte[] toByteArray(LogEvent event) {
        return toSerializable(event).getBytes(getCharset());
    }

    @Override
    public void encode(LogEvent event, ByteBufferDestination destination) {
        byte[] line = toByteArray(event);
        destination.writeBytes(line, 0, line.length);
    }

    @Override
    public Charset getCharset() {
        return nested instanceof StringLayout text && text.getCharset() != null ? text.getCharset() : UTF_8;
    }

    @Override
    public byte @Nullable [] getHeader() {
        return scrub(nested.getHeader());
    }

    @Override
    public byte @Nullable [] getFooter() {
        return scrub(nested.getFooter());
    }

    @Override
    public String getContentType() {
        return nested.getContentType();
    }

    @Override
    public Map<String, String> getContentFormat() {
        return nested.getContentFormat();
    }

    @Override
    public boolean requiresLocation() {
        return nested instanceof LocationAware aware && aware.requiresLocation();
    }

    private byte @Nullable [] scrub(byte @Nullable [] frame) {
        String scrubbed = frame == null ? null : lines.scrub(new String(frame, getCharset()));
        return scrubbed == null ? null : scrubbed.getBytes(getCharset());
    }
}
