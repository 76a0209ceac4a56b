package dev.vitals.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.vitals.scrubbing.Scrubber;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of what the encoder inside hands over. */
class ScrubbingEncoderTest {
    private static final Scrubber SHORT = Scrubber.builder().longestText(1024).build();

    @ParameterizedTest
    @ValueSource(strings = {"all is well\n", "{\"message\":\"all is well\"}\n", "", "\n"})
    void aCleanLineIsHandedOnAsItIs(String line) {
        byte[] written = line.getBytes(UTF_8);

        assertThat(encoder(written, Scrubber.standard()).encode(event())).isSameAs(written);
    }

    @ParameterizedTest
    @CsvSource({
        "'password=hunter2\n', 'password=[redacted]\n'",
        "'password: hunter2\r\n', 'password: [redacted]\r\n'",
        "'Authorization: Bearer hunter2hunter2\n', 'Authorization: [redacted]\n'",
        "'{\"password\":\"hunter2\"}\n', '{\"password\":\"[redacted]\"}\n'",
        "'{\"message\":\"password=hunter2\"}', '{\"message\":\"password=[redacted]\"}'"
    })
    void theEndOfALineIsKept(String line, String scrubbed) {
        assertThat(encode(line, Scrubber.standard())).isEqualTo(scrubbed);
    }

    @Test
    void aTextThatIsTooLongIsCutAndKeepsItsEnd() {
        assertThat(encode("é".repeat(1024) + "password=hunter2\n", SHORT)).endsWith("é[cut]\n");
    }

    @Test
    void jsonThatIsTooLongStaysJson() {
        assertThat(encode("{\"message\":\"" + "é".repeat(1024) + "password=hunter2\"}\n", SHORT))
                .startsWith("{\"message\":\"é")
                .endsWith("é[cut]\"}\n");
    }

    @Test
    void aJsonEncoderThatThrowsIsReplacedByJson() {
        ScrubbingEncoder throwing = encoder(Scrubber.standard(), event -> {
            throw new StackOverflowError("password=hunter2");
        });

        assertThat(new String(throwing.encode(event()), UTF_8))
                .isEqualTo("{\"@timestamp\":\"2026-11-21T07:15:47.123Z\",\"level\":\"INFO\","
                        + "\"logger\":\"com.acme.Login\",\"message\":\"[unscrubbable]\"}\n");
    }

    @Test
    void anEncoderThatWritesNothingStaysSilent() {
        assertThat(encoder(null, Scrubber.standard()).encode(event())).isEmpty();
    }

    @Test
    void aLoggersNameThatIsNoClassIsNotShownWhereTheLineIsNot() {
        LoggingEvent event = event();
        event.setLoggerName("tenant of \"Ada\"");

        assertThat(new String(
                        encoder("\"INFO\"".getBytes(UTF_8), FailingScrubber.SCRUBBER)
                                .encode(event),
                        UTF_8))
                .isEqualTo("2026-11-21T07:15:47.123Z INFO - [unscrubbable]\n");
    }

    @Test
    void headersAndFootersAreScrubbed() {
        ScrubbingEncoder encoder = encoder("# password=hunter2\n".getBytes(UTF_8), Scrubber.standard());

        assertThat(encoder.headerBytes()).asString(UTF_8).isEqualTo("# password=[redacted]\n");
        assertThat(encoder.footerBytes()).isNull();
    }

    private static String encode(String line, Scrubber scrubber) {
        return new String(encoder(line.getBytes(UTF_8), scrubber).encode(event()), UTF_8);
    }

    private static ScrubbingEncoder encoder(byte @Nullable [] written, Scrubber scrubber) {
        return encoder(scrubber, event -> written);
    }

    private static ScrubbingEncoder encoder(
            Scrubber scrubber, Function<@Nullable ILoggingEvent, byte @Nullable []> nested) {
        ScrubbingEncoder encoder = new ScrubbingEncoder(
                new EncoderBase<>() {
                    @Override
                    public byte @Nullable [] headerBytes() {
                        return nested.apply(null);
                    }

                    @Override
                    public byte @Nullable [] encode(ILoggingEvent event) {
                        return nested.apply(event);
                    }

                    @Override
                    public byte @Nullable [] footerBytes() {
                        return null;
                    }
                },
                scrubber);
        encoder.setContext(new LoggerContext());
        encoder.start();
        return encoder;
    }

    private static LoggingEvent event() {
        var event = new LoggingEvent(
                "", new LoggerContext().getLogger("com.acme.Login"), Level.INFO, "ignored", null, new Object[0]);
        event.setInstant(Events.TIME);
        return event;
    }
}
