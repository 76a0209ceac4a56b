package dev.vitals.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CarrierTest {
    @Test
    void aNameIsFoundInAnyCaseTheExactOneFirst() {
        Map<String, String> carrier = new LinkedHashMap<>();
        carrier.put("TRACEPARENT", "loud");
        carrier.put("traceparent", "exact");

        assertThat(get(carrier, "traceparent")).isEqualTo("exact");
        assertThat(get(carrier, "TraceParent")).isEqualTo("loud");
        assertThat(get(carrier, "b3")).isNull();
    }

    @Test
    void nullsSurvive() {
        Map<String, String> carrier = new HashMap<>();
        carrier.put(null, "a");
        carrier.put("traceparent", null);
        carrier.put("b3", "0");

        assertThat(get(carrier, "traceparent")).isNull();
        assertThat(get(carrier, "B3")).isEqualTo("0");
        assertThat(Carrier.INSTANCE.get(null, "traceparent")).isNull();
    }

    @Test
    void whatIsTooLongOrNoBaggageIsNotThere() {
        assertThat(get(Map.of("b3", "x".repeat(8_192)), "b3")).hasSize(8_192);
        assertThat(get(Map.of("b3", "x".repeat(8_193)), "b3")).isNull();
        assertThat(get(Map.of("Baggage", "a=b"), "baggage")).isEqualTo("a=b");
        assertThat(get(Map.of("Baggage", "a=b,\u0000"), "baggage")).isNull();
    }

    /** At most 64 entries are looked at for a name. */
    @Test
    void aHugeCarrierCostsNoMore() {
        var looked = new AtomicInteger();
        Map<String, String> endless = new AbstractMap<>() {
            @Override
            public Set<Entry<String, String>> entrySet() {
                return entries(looked);
            }

            @Override
            public String get(Object key) {
                return null;
            }
        };

        assertThat(get(endless, "traceparent")).isNull();
        assertThat(looked.get()).isLessThanOrEqualTo(65);
    }

    private static Set<Map.Entry<String, String>> entries(AtomicInteger looked) {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, String>> iterator() {
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public Map.Entry<String, String> next() {
                        return Map.entry("x" + looked.incrementAndGet(), "y");
                    }
                };
            }

            @Override
            public int size() {
                return Integer.MAX_VALUE;
            }
        };
    }

    private static String get(Map<String, String> carrier, String name) {
        return Carrier.INSTANCE.get(carrier, name);
    }
}
