package dev.vitals.metrics;

import dev.vitals.scrubbing.Scrubber;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The classes of exceptions as numbers for {@link RequestCode}, as many as their label holds. Safe for use by many
 * threads; a class known already is found without a lock.
 */
final class ErrorTypes {
    private final BoundedLabel label;
    private final ConcurrentHashMap<String, Integer> numbers = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<@Nullable String> names = new AtomicReferenceArray<>(RequestCode.OTHER_ERROR);

    ErrorTypes(MeterRegistry registry, Scrubber scrubber) {
        label = new BoundedLabel(
                registry,
                scrubber,
                HttpDefinitions.SERVER_DURATION.meter(),
                HttpDefinitions.ERROR_TYPE.name(),
                HttpDefinitions.MOST_ERROR_TYPES);
    }

    /** The number of an error: what was thrown, else what the status says; 0 where there is none. */
    int of(@Nullable Throwable thrown, int status) {
        if (thrown != null) {
            String type = thrown.getClass().getName();
            Integer known = numbers.get(type);
            return known != null ? known : admit(type);
        }
        return status >= 500 ? RequestCode.ERROR_IS_STATUS : 0;
    }

    private int admit(String type) {
        String name = label.of(type);
        if (name.equals(BoundedLabel.OTHER)) {
            return RequestCode.OTHER_ERROR;
        }
        synchronized (names) {
            Integer earlier = numbers.get(type);
            if (earlier != null) {
                return earlier;
            }
            int number = RequestCode.FIRST_ERROR_CLASS + numbers.size();
            names.set(number, name);
            numbers.put(type, number);
            return number;
        }
    }

    /** The label's value for a code. */
    String name(int code) {
        int error = RequestCode.error(code);
        if (error == 0) {
            return "";
        }
        if (error == RequestCode.ERROR_IS_STATUS) {
            return RequestCode.statusName(code);
        }
        String name = error < names.length() ? names.get(error) : null;
        return name == null ? BoundedLabel.OTHER : name;
    }
}
