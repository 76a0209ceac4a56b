package dev.vitals.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IgnoredTest {
    private final Ignored ignored = new Ignored(Set.of(IOException.class));

    private static IOException gone() {
        return new EOFException("gone");
    }

    static Stream<Throwable> are() {
        return Stream.of(
                gone(),
                new IOException("itself"),
                new RuntimeException(gone()),
                new ExecutionException(gone()),
                new CompletionException(gone()),
                new InvocationTargetException(gone()),
                new UndeclaredThrowableException(gone()),
                new RuntimeException(new ExecutionException(gone())));
    }

    @ParameterizedTest
    @MethodSource("are")
    void whatIsIgnoredIsItselfOrInABareWrapper(Throwable thrown) {
        assertThat(ignored.contains(thrown)).isTrue();
    }

    static Stream<Throwable> areNot() {
        return Stream.of(
                new IllegalStateException("no order", gone()),
                new UncheckedIOException(gone()),
                new RuntimeException(new IllegalStateException(gone())),
                new RuntimeException("alone"));
    }

    @ParameterizedTest
    @MethodSource("areNot")
    void whatSaysSomethingItselfIsNotIgnoredForItsCause(Throwable thrown) {
        assertThat(ignored.contains(thrown)).isFalse();
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void causesInACircleEnd() {
        var one = new RuntimeException("one");
        one.initCause(new RuntimeException(one));

        assertThat(ignored.contains(one)).isFalse();
    }

    static Stream<Throwable> nobodysErrors() {
        return Stream.of(
                new InterruptedException(),
                new ClosedByInterruptException(),
                new ExecutionException(new InterruptedException()),
                new ClientAbortException(),
                new ClientAbortException() {});
    }

    @ParameterizedTest
    @MethodSource("nobodysErrors")
    void aClientThatWentAwayAndAThreadThatWasToStopAreNobodysError(Throwable thrown) {
        assertThat(new Ignored(Ignored.STANDARD).contains(thrown)).isTrue();
    }

    @Test
    void allElseIsAnError() {
        var standard = new Ignored(Ignored.STANDARD);

        assertThat(Stream.of(new IOException("Broken pipe"), new StackOverflowError(), new Throwable()))
                .noneMatch(standard::contains);
    }
}
