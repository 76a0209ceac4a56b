package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How long X.509 certificates (RFC 5280, section 4.1.2.5) are still valid: DEGRADED when less than a tenth of the
 * lifetime is left, DOWN when it is over or has not begun. A share, since certificates of ten years and of six days (Let's
 * Encrypt's short-lived ones) want another warning. Advisory. Immutable, safe for use by many threads.
 *
 * <pre>{@code
 * .observe("certificate", CertificateCheck.ofEndpoint("api.example.com", 443), check -> check.every(Duration.ofMinutes(10)))
 * }</pre>
 *
 * <p>Of several, such as a chain, the one that expires first is told of. That is all that is looked at: whether a
 * certificate is trusted, revoked or for this host is for {@link HttpCheck} and the application's own clients to find out.
 * Files and key stores are read anew in each run, so that a renewed certificate is seen; a private key beside it is passed over.
 *
 * <p>Measures {@code certificate.remaining} (s), negative once it is over, and {@code certificate.remaining.ratio} (1).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5">RFC 5280, section 4.1.2.5</a>
 */
public final class CertificateCheck implements HealthCheck {
    private final Source source;
    private final boolean remote;
    private final double degradedBelow;
    private final double downBelow;
    private final Clock clock;

    private interface Source {
        List<X509Certificate> read(Deadline deadline) throws IOException, GeneralSecurityException;
    }

    private CertificateCheck(Source source, boolean remote, double degradedBelow, double downBelow, Clock clock) {
        if (downBelow > degradedBelow) {
            throw new IllegalArgumentException("downBelow(" + downBelow + ") exceeds degradedBelow(" + degradedBelow
                    + "), so that DEGRADED would never be seen: set degradedBelow higher first");
        }
        this.source = source;
        this.remote = remote;
        this.degradedBelow = degradedBelow;
        this.downBelow = downBelow;
        this.clock = clock;
    }

    /**
     * {@return a check of the certificates in a file}
     *
     * @param file in PEM (RFC 7468), DER or PKCS #7, of which at most 1 MiB is read
     * @throws IllegalArgumentException if there is none
     */
    public static CertificateCheck ofFile(@Nullable Path file) {
        Path given = Options.given(file, "the file is null: name it, such as Path.of(\"/etc/tls/tls.crt\")");
        return of(deadline -> Certificates.inFile(given), false);
    }

    /**
     * {@return a check of a key store in memory} The certificates that go with a key are looked at; where none does, those
     * that are trusted.
     *
     * @param store loaded; when its file is renewed, this one is not
     * @throws IllegalArgumentException if there is none
     */
    public static CertificateCheck ofKeyStore(@Nullable KeyStore store) {
        KeyStore given = Options.given(store, "the key store is null: load it first");
        return of(deadline -> Certificates.inKeyStore(given), false);
    }

    /**
     * {@return a check of a key store's file, as of {@link #ofKeyStore(KeyStore)}}
     *
     * @param file in PKCS #12 or JKS, 16 MiB at the most
     * @param password asked in each run; a copy of it is used and wiped
     * @throws IllegalArgumentException if there is none
     */
    public static CertificateCheck ofKeyStore(@Nullable Path file, @Nullable Supplier<char[]> password) {
        Path given = Options.given(file, "the file is null: name it, such as Path.of(\"/etc/tls/server.p12\")");
        Supplier<char[]> secret = Options.given(password, "no supplier of the key store's password: give one");
        return of(deadline -> Certificates.inKeyStore(given, secret), false);
    }

    /**
     * {@return a check of what a server shows to whoever connects with TLS at once} Protocols that begin in the clear
     * (STARTTLS) are not spoken.
     *
     * @param host a name, which is sent as the name asked for (RFC 6066, section 3), or an address
     * @param port from 1 to 65535
     * @throws IllegalArgumentException if there is no such host or port by their looks
     */
    public static CertificateCheck ofEndpoint(@Nullable String host, int port) {
        String name = Options.host(host);
        int number = Options.port(port);
        return of(deadline -> Certificates.shownBy(name, number, deadline), true);
    }

    private static CertificateCheck of(Source source, boolean remote) {
        return new CertificateCheck(source, remote, 0.1, 0, Clock.systemUTC());
    }

    /**
     * {@return this check, DEGRADED below another share of the lifetime}
     *
     * @param share from 0 to 1
     * @throws IllegalArgumentException if that is no share, or below that of DOWN
     */
    public CertificateCheck degradedBelow(double share) {
        return new CertificateCheck(source, remote, Options.share(share, "degradedBelow"), downBelow, clock);
    }

    /**
     * {@return this check, DOWN below a share of the lifetime, before it is over}
     *
     * @param share from 0 to 1
     * @throws IllegalArgumentException if that is no share, or above that of DEGRADED
     */
    public CertificateCheck downBelow(double share) {
        return new CertificateCheck(source, remote, degradedBelow, Options.share(share, "downBelow"), clock);
    }

    CertificateCheck at(Clock other) {
        return new CertificateCheck(source, remote, degradedBelow, downBelow, other);
    }

    @Override
    public boolean advisory() {
        return true;
    }

    @Override
    public HealthResult check(Deadline deadline) {
        try {
            Optional<X509Certificate> first =
                    source.read(deadline).stream().min(Comparator.comparing(X509Certificate::getNotAfter));
            return first.isEmpty() ? HealthResult.down("there is no certificate") : judge(first.get());
        } catch (NoSuchFileException missing) {
            return HealthResult.down("the file is not there");
        } catch (IOException | GeneralSecurityException failure) {
            return remote
                    ? Failures.down(failure)
                    : HealthResult.down("cannot be read: " + failure.getClass().getSimpleName());
        }
    }

    private HealthResult judge(X509Certificate certificate) {
        Instant now = clock.instant();
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        Duration left = Duration.between(now, end);
        double share = left.toMillis()
                / (double) Math.max(1, Duration.between(begin, end).toMillis());
        return verdict(now, begin, left, share)
                .withDetail(
                        "subject",
                        Text.bounded(certificate.getSubjectX500Principal().getName()))
                .withDetail("notBefore", begin.toString())
                .withDetail("notAfter", end.toString())
                .withMeasurement("certificate.remaining", "s", left.toMillis() / 1000.0)
                .withMeasurement("certificate.remaining.ratio", "1", share);
    }

    private HealthResult verdict(Instant now, Instant begin, Duration left, double share) {
        if (left.isNegative()) {
            return HealthResult.down("expired " + Text.time(left.negated()) + " ago");
        }
        if (now.isBefore(begin)) {
            return HealthResult.down("not valid before " + Text.time(Duration.between(now, begin)) + " from now");
        }
        String reason = "expires in " + Text.time(left) + ", " + Text.percent(share) + " of its lifetime is left";
        if (share < downBelow) {
            return HealthResult.down(reason);
        }
        return share < degradedBelow ? HealthResult.degraded(reason) : HealthResult.up();
    }
}
