package dev.vitals.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentry.SentryOptions;
import io.sentry.SentryOptions.BeforeBreadcrumbCallback;
import io.sentry.SentryOptions.BeforeSendCallback;
import io.sentry.SentryOptions.BeforeSendTransactionCallback;
import io.sentry.SentryOptions.OnDiscardCallback;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTrackingBuilderTest {
    private final ErrorTrackingBuilder builder = ErrorTracking.builder();

    static Stream<Arguments> mistakes() {
        Duration minute = Duration.ofMinutes(1);
        return Stream.of(
                mistake(builder -> builder.perError(0, minute), "burst is 0: choose 1 to 10000"),
                mistake(builder -> builder.perError(10_001, minute), "burst is 10001"),
                mistake(builder -> builder.perError(5, Duration.ZERO), "refill is zero"),
                mistake(builder -> builder.perError(5, minute.negated()), "refill is PT-1M: choose a time up to a day"),
                mistake(builder -> builder.perError(5, Duration.ofDays(2)), "refill is PT48H"),
                mistake(builder -> builder.perMinute(0), "perMinute is 0: choose 1 to 10000000"),
                mistake(builder -> builder.perMinute(10_000_001), "perMinute is 10000001"),
                mistake(builder -> builder.duplicatesWithin(minute.negated()), "duplicatesWithin is PT-1M"),
                mistake(builder -> builder.duplicatesWithin(Duration.ofDays(2)), "duplicatesWithin is PT48H"));
    }

    private static Arguments mistake(Consumer<ErrorTrackingBuilder> mistake, String message) {
        return Arguments.of(mistake, message);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsToldAtSetUp(Consumer<ErrorTrackingBuilder> mistake, String message) {
        assertThatThrownBy(() -> mistake.accept(ErrorTracking.builder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "order state", "a-name-with-more-than-32-characters", "ärger"})
    void whatIsNoNameOfATagIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.fields(name))
                .withMessageContaining("\"" + name + "\"");
    }

    @Test
    void aFieldThatWouldBeRedactedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.fields("session.token"))
                .withMessageContaining("ordinaryKeys");
    }

    @Test
    void aKeyForPseudonymsMustBeLongEnough() {
        assertThatIllegalArgumentException().isThrownBy(() -> builder.pseudonymKey(new byte[31]));
    }

    @Test
    void noHookOfTheApplicationsIsTouchedSetBeforeOrAfter() {
        BeforeSendCallback send = (event, hint) -> event;
        BeforeSendTransactionCallback transaction = (event, hint) -> event;
        BeforeBreadcrumbCallback breadcrumb = (crumb, hint) -> crumb;
        OnDiscardCallback discard = (reason, category, count) -> {};
        var options = new SentryOptions();
        options.setBeforeSend(send);
        options.setOnDiscard(discard);

        builder.install(options);
        options.setBeforeSendTransaction(transaction);
        options.setBeforeBreadcrumb(breadcrumb);

        assertThat(options.getBeforeSend()).isSameAs(send);
        assertThat(options.getBeforeSendTransaction()).isSameAs(transaction);
        assertThat(options.getBeforeBreadcrumb()).isSameAs(breadcrumb);
        assertThat(options.getOnDiscard()).isSameAs(discard);
    }
}
