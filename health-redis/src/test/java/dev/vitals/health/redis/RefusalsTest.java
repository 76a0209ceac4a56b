package dev.vitals.health.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private final AtomicLong now = new AtomicLong();
    private final Refusals refusals = new Refusals(now::get);
    private final Object connection = new Object();

    private void answered(Object on, String error) {
        Answer answer = error.isEmpty() ? new Answer("", null) : new Answer(null, error);
        refusals.note(on, new Exchange.Answers(Map.of(ServerReport.INFO, answer), 1));
    }

    @Test
    void aRefusalIsKnownForFiveMinutes() {
        answered(connection, "NOPERM no");

        assertThat(refusals.known(connection, ServerReport.INFO)).isTrue();
        now.set(Duration.ofMinutes(5).toNanos() - 1);
        assertThat(refusals.known(connection, ServerReport.INFO)).isTrue();
        now.set(Duration.ofMinutes(5).toNanos());
        assertThat(refusals.known(connection, ServerReport.INFO)).isFalse();
    }

    @Test
    void aNewConnectionIsAskedAgain() {
        answered(connection, "NOPERM no");

        assertThat(refusals.known(new Object(), ServerReport.INFO)).isFalse();
    }

    @Test
    void anAnswerAndAnErrorOfAnotherKindAreNoRefusal() {
        answered(connection, "");
        assertThat(refusals.known(connection, ServerReport.INFO)).isFalse();
        answered(connection, "LOADING soon");
        assertThat(refusals.known(connection, ServerReport.INFO)).isFalse();
    }
}
