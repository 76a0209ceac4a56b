package dev.vitals.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentry.Sentry;
import io.sentry.SentryEvent;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StableFingerprintTest {
    @ParameterizedTest
    @CsvSource({
        "shop.Orders$$Lambda/0x00007f12, shop.Orders",
        "shop.Orders$$SpringCGLIB$$0, shop.Orders",
        "jdk.proxy2.$Proxy17, jdk.proxy.$Proxy",
        "lambda$order$3, lambda$order$",
        "jdk.internal.reflect.GeneratedMethodAccessor12, jdk.internal.reflect.GeneratedMethodAccessor",
        "shop.Orders, shop.Orders"
    })
    void generatedNamesAreOne(String name, String generic) {
        assertThat(Grouping.generic(name)).isEqualTo(generic);
    }

    @ParameterizedTest
    @CsvSource({
        "order 4711 has no stock, order # has no stock",
        "user 0b7cba4e-4b58-4a17-8ca4-2c7b3f0e3f5e is gone, user # is gone",
        "key deadbeef01 at 10, key # at #",
        "id A7x9Q2LmK0, id #",
        "read utf8 from s3 in v2, read utf8 from s3 in v2",
        "no such added facade, no such added facade"
    })
    void messagesAreOneWithoutNumbersAndIds(String message, String generic) {
        assertThat(Grouping.withoutIds(message)).isEqualTo(generic);
    }

    @Test
    void byChoiceErrorsAreGroupedByWhatTheyHaveInCommon() throws Exception {
        var builder = ErrorTracking.builder().stableFingerprints();
        try (Wire wire = new Wire(builder, options -> options.addInAppInclude("dev.vitals"))) {
            Sentry.captureException(new IllegalStateException("order 1"));
            List<String> fingerprint = Objects.requireNonNull(wire.event().getFingerprints());

            assertThat(fingerprint.get(0)).isEqualTo("java.lang.IllegalStateException");
            assertThat(fingerprint.get(1))
                    .isEqualTo(
                            StableFingerprintTest.class.getName() + ".byChoiceErrorsAreGroupedByWhatTheyHaveInCommon");
            assertThat(fingerprint).hasSizeLessThan(11);

            Sentry.captureMessage("mail to bob@example.com for order 7");
            assertThat(wire.event().getFingerprints()).containsExactly("mail to [email] for order #");

            var own = new SentryEvent(new IllegalStateException("order 2"));
            own.setFingerprints(List.of("the application's"));
            Sentry.captureEvent(own);
            assertThat(wire.event().getFingerprints()).containsExactly("the application's");
        }
    }

    @Test
    void otherwiseGroupingIsSentrysOwn() throws Exception {
        try (Wire wire = Wire.open()) {
            Sentry.captureException(new IllegalStateException("order 1"));

            assertThat(wire.event().getFingerprints()).isNullOrEmpty();
        }
    }
}
