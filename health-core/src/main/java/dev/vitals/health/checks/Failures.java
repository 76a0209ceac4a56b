package dev.vitals.health.checks;

import dev.vitals.health.HealthResult;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What went wrong on the network, by the kind of exception: messages may quote what the other side sent, so none is shown. */
final class Failures {
    private static final int DEEPEST = 8;

    private Failures() {}

    static HealthResult down(Throwable failure) {
        return HealthResult.down(reason(failure));
    }

    static String reason(Throwable thrown) {
        Throwable failure = unwrapped(thrown);
        // From the particular to the general: a connection that is not made in time is a ConnectException of the
        // client's.
        if (caused(failure, TimeoutException.class)
                || caused(failure, HttpTimeoutException.class)
                || caused(failure, SocketTimeoutException.class)) {
            return "no answer in time";
        }
        if (caused(failure, UnknownHostException.class)
                || caused(failure, java.nio.channels.UnresolvedAddressException.class)) {
            return "host not found";
        }
        if (caused(failure, NoRouteToHostException.class)) {
            return "no route to the host";
        }
        if (caused(failure, ConnectException.class)) {
            return "cannot connect";
        }
        if (caused(failure, java.security.cert.CertificateException.class)
                || caused(failure, java.security.cert.CertPathValidatorException.class)) {
            return "the server's certificate is not trusted";
        }
        if (caused(failure, SSLException.class)) {
            return "no TLS connection: " + failure.getClass().getSimpleName();
        }
        if (caused(failure, java.net.ProtocolException.class)) {
            return "the answer is no HTTP";
        }
        return "connection lost: " + failure.getClass().getSimpleName();
    }

    static Throwable unwrapped(Throwable thrown) {
        Throwable failure = thrown;
        for (int i = 0; i < DEEPEST; i++) {
            Throwable cause = failure.getCause();
            if (cause == null || !(failure instanceof ExecutionException || failure instanceof CompletionException)) {
                return failure;
            }
            failure = cause;
        }
        return failure;
    }

    private static boolean caused(Throwable failure, Class<? extends Throwable> kind) {
        Throwable cause = failure;
        for (int i = 0; i < DEEPEST && cause != null; i++) {
            if (kind.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
