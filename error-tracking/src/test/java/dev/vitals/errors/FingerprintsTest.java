package dev.vitals.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import io.sentry.exception.ExceptionMechanismException;
import io.sentry.protocol.Mechanism;
import io.sentry.protocol.Message;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FingerprintsTest {
    @Test
    void aMessageMakesNoOtherErrorButOtherContent() {
        Fingerprints first = of(thrown("order 1"));
        Fingerprints second = of(thrown("order 2"));

        assertThat(second.error()).isEqualTo(first.error());
        assertThat(second.content()).isNotEqualTo(first.content());
        assertThat(of(thrown("order 1"))).isEqualTo(first);
    }

    @Test
    void messagesOfOneHashCodeAreStillTwo() {
        assertThat("Aa").hasSameHashCodeAs("BB");

        assertThat(of(thrown("Aa")).content()).isNotEqualTo(of(thrown("BB")).content());
    }

    @Test
    void classAndPlaceMakeAnotherError() {
        Throwable state = thrown("x");
        var argument = new IllegalArgumentException("x");
        argument.setStackTrace(state.getStackTrace());
        var elsewhere = new IllegalStateException("x");

        assertThat(List.of(
                        of(state).error(), of(argument).error(), of(elsewhere).error()))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatWrapsTheSameIsAnotherErrorOfTheSameContent() {
        Throwable root = thrown("refused");
        Throwable wrapped = new RuntimeException("no order", new IllegalStateException("no database", root));

        assertThat(of(wrapped).content()).isEqualTo(of(root).content());
        assertThat(of(wrapped).error()).isNotEqualTo(of(root).error());
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void causesInACircleEnd() {
        var one = new IllegalStateException("one");
        var two = new IllegalStateException("two", one);
        one.initCause(two);

        assertThat(of(one)).isEqualTo(of(one));
    }

    @Test
    void howReflectionCallsMakesNoOtherError() {
        assertThat(of(called("jdk.internal.reflect.DirectMethodHandleAccessor")))
                .isEqualTo(of(called("jdk.internal.reflect.GeneratedMethodAccessor7")));
    }

    private static Throwable called(String by) {
        var thrown = new IllegalStateException("x");
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("shop.Orders", "place", "Orders.java", 7),
            new StackTraceElement(by, "invoke", null, -1)
        });
        return thrown;
    }

    @Test
    void whatNobodyCaughtIsTheSameAsWhatWasCaught() {
        Throwable thrown = thrown("x");
        var uncaught = new ExceptionMechanismException(new Mechanism(), thrown, Thread.currentThread());

        assertThat(of(uncaught)).isEqualTo(of(thrown));
    }

    @Test
    void aMessageIsKnownByItsTemplateLevelAndLogger() {
        Fingerprints first = Fingerprints.of(message("order {} failed", "order 1 failed", SentryLevel.ERROR, "shop"));

        assertThat(Fingerprints.of(message("order {} failed", "order 2 failed", SentryLevel.ERROR, "shop")))
                .satisfies(other -> assertThat(other.error()).isEqualTo(first.error()))
                .satisfies(other -> assertThat(other.content()).isNotEqualTo(first.content()));
        assertThat(List.of(
                        Fingerprints.of(message("order {} late", "order 1 failed", SentryLevel.ERROR, "shop")),
                        Fingerprints.of(message("order {} failed", "order 1 failed", SentryLevel.WARNING, "shop")),
                        Fingerprints.of(message("order {} failed", "order 1 failed", SentryLevel.ERROR, "till"))))
                .extracting(Fingerprints::error)
                .doesNotHaveDuplicates()
                .doesNotContain(first.error());
    }

    @Test
    void ofAnEventWithNothingInItNoContentIsKnown() {
        var event = new SentryEvent();
        event.setLevel(SentryLevel.ERROR);

        assertThat(Fingerprints.of(event).content()).isZero();
    }

    @Test
    void theApplicationsOwnFingerprintMakesAnotherError() {
        var event = new SentryEvent(thrown("x"));
        event.setFingerprints(List.of("tenant-7"));

        assertThat(Fingerprints.of(event).error()).isNotEqualTo(of(thrown("x")).error());
    }

    private static SentryEvent message(String template, String formatted, SentryLevel level, String logger) {
        var message = new Message();
        message.setMessage(template);
        message.setFormatted(formatted);
        var event = new SentryEvent();
        event.setMessage(message);
        event.setLevel(level);
        event.setLogger(logger);
        return event;
    }

    private static Throwable thrown(String message) {
        var thrown = new IllegalStateException(message);
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement("shop.Orders", "place", "Orders.java", 7)});
        return thrown;
    }

    private static Fingerprints of(Throwable thrown) {
        var event = new SentryEvent();
        event.setThrowable(thrown);
        return Fingerprints.of(event);
    }
}
