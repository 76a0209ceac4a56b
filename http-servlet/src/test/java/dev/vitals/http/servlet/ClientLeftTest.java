package dev.vitals.http.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.SocketException;
import java.util.stream.Stream;
import org.apache.catalina.connector.ClientAbortException;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClientLeftTest {
    private static Stream<Arguments> table() {
        return Stream.of(
                Arguments.of(null, false),
                Arguments.of(new ClientAbortException(), true),
                Arguments.of(new EofException(), true),
                Arguments.of(new ServletException(new IllegalStateException(new ClientAbortException())), true),
                Arguments.of(wrapped(new ClientAbortException(), 7), true),
                Arguments.of(wrapped(new ClientAbortException(), 8), false),
                Arguments.of(circular(), false),
                Arguments.of(new IOException("Broken pipe"), false),
                Arguments.of(new SocketException("Connection reset"), false),
                Arguments.of(thrownIn(new EofException(), "org.eclipse.jetty.client.HttpSender"), false),
                Arguments.of(thrownIn(new IOException(), "io.undertow.servlet.spec.ServletOutputStreamImpl"), true),
                Arguments.of(thrownIn(new IOException(), "io.undertow.servlet.spec.ServletInputStreamImpl"), true),
                Arguments.of(thrownIn(new IOException(), "io.undertow.client.http.HttpClientConnection"), false),
                Arguments.of(
                        thrownIn(new IllegalStateException(), "io.undertow.servlet.spec.ServletOutputStreamImpl"),
                        false));
    }

    @ParameterizedTest
    @MethodSource("table")
    void onlyAContainersOwnWordCounts(@Nullable Throwable thrown, boolean left) {
        assertThat(ClientLeft.saidBy(thrown)).isEqualTo(left);
    }

    private static Throwable wrapped(Throwable innermost, int times) {
        Throwable all = innermost;
        for (int i = 0; i < times; i++) {
            all = new IllegalStateException(all);
        }
        return all;
    }

    private static Throwable circular() {
        var one = new IllegalStateException();
        one.initCause(new IllegalStateException(one));
        return one;
    }

    private static Throwable thrownIn(Throwable thrown, String type) {
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("sun.nio.ch.IOUtil", "write", null, 1), new StackTraceElement(type, "write", null, 1)
        });
        return thrown;
    }
}
