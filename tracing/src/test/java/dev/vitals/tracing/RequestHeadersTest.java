package dev.vitals.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestHeadersTest {
    @Test
    void aHeaderHasEightKibibytesAtMostItsCommasAmongThem() {
        assertThat(read("a".repeat(8_192))).hasSize(8_192);
        assertThat(read("a".repeat(8_193))).isNull();
        assertThat(read("a".repeat(4_096), "b".repeat(4_095))).hasSize(8_192);
        assertThat(read("a".repeat(4_096), "b".repeat(4_096))).isNull();
    }

    @Test
    void baggageThatIsNoneIsNotThere() {
        assertThat(RequestHeaders.INSTANCE.get(TestRequest.get("/", "baggage", "a=b"), "baggage"))
                .isEqualTo("a=b");
        assertThat(RequestHeaders.INSTANCE.get(TestRequest.get("/", "baggage", "a=b,;"), "baggage"))
                .isNull();
    }

    private static @Nullable String read(String... values) {
        String[] headers = new String[values.length * 2];
        for (int i = 0; i < values.length; i++) {
            headers[2 * i] = "X-B3-TraceId";
            headers[2 * i + 1] = values[i];
        }
        return RequestHeaders.INSTANCE.get(TestRequest.get("/", headers), "X-B3-TraceId");
    }
}
