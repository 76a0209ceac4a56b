package dev.vitals.errors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.scrubbing.Scrubber;
import io.sentry.JsonSerializer;
import io.sentry.SentryOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScrubbingWriterTest {
    private final SentryOptions options = new SentryOptions();

    private String written(FieldScrubber scrubber, Map<String, Object> data) throws Exception {
        ErrorTracking tracking = ErrorTracking.install(new SentryOptions());
        return new ScrubbingSerializer(new JsonSerializer(options), options, scrubber, tracking).serialize(data);
    }

    @Test
    void aWholeTreeUnderASensitiveNameGoesAndWhatFollowsStays() throws Exception {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("credentials", Map.of("a", List.of(Map.of("b", "hunter2"), 2, true), "c", Map.of()));
        data.put("after", Arrays.asList("x", null, 1.5, false, List.of()));
        data.put("secret", new ArrayList<>());
        data.put("password", null);
        data.put("hasPassword", true);
        data.put("user", "bob");
        data.put("pwd", 12345678L);
        data.put("token=hunter2", "x");
        data.put("bytes", new byte[] {1, 2, 3});

        assertThat(written(new Fields(Scrubber.standard(), false), data))
                .isEqualTo("{\"credentials\":\"[redacted]\",\"after\":[\"x\",null,1.5,false,[]],"
                        + "\"secret\":\"[redacted]\",\"password\":null,\"hasPassword\":true,\"user\":\"bob\","
                        + "\"pwd\":\"[redacted]\",\"token=[redacted]\":\"[redacted]\",\"bytes\":\"[3 bytes]\"}");
    }

    @Test
    void whereScrubbingThrowsNoTextGoesOut() throws Exception {
        FieldScrubber broken = new FieldScrubber() {
            @Override
            public boolean isSensitive(String name) {
                if (name.equals("a")) {
                    throw new StackOverflowError();
                }
                return false;
            }

            @Override
            public boolean isMeasure(String name) {
                return false;
            }

            @Override
            public String name(String name) {
                return name;
            }

            @Override
            public String number(Place place, String name, Number number) {
                return null;
            }

            @Override
            public String text(Place place, String name, String text) {
                if (text.equals("hunter2")) {
                    throw new IllegalStateException("broken");
                }
                return text;
            }
        };
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("a", List.of("hunter2"));
        data.put("b", "hunter2");
        data.put("c", 3);

        assertThat(written(broken, data)).isEqualTo("{\"a\":\"[redacted]\",\"b\":\"[unscrubbable]\",\"c\":3}");
    }

    @Test
    void aTreeThatHoldsItselfEnds() throws Exception {
        options.setMaxDepth(4);
        List<Object> cyclic = new ArrayList<>();
        cyclic.add(cyclic);

        assertThat(written(new Fields(Scrubber.standard(), false), Map.of("a", cyclic)))
                .isEqualTo("{\"a\":[[[\"[cut]\"]]]}");
    }
}
