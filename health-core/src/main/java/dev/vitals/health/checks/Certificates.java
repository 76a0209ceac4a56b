package dev.vitals.health.checks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.vitals.health.Deadline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** Where certificates are found. */
final class Certificates {
    private static final int LONGEST_FILE = 1 << 20;
    private static final long LARGEST_STORE = 16 << 20;
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private Certificates() {}

    /** In PEM, whatever stands beside them, a private key for instance; in DER, or in PKCS #7 otherwise. */
    static List<X509Certificate> inFile(Path file) throws IOException, CertificateException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LONGEST_FILE);
        }
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        String text = new String(bytes, ISO_8859_1);
        if (!text.contains("-----BEGIN ")) {
            return x509(factory.generateCertificates(new ByteArrayInputStream(bytes)));
        }
        var found = new ArrayList<Certificate>();
        int begin = text.indexOf(BEGIN);
        while (begin >= 0) {
            int end = text.indexOf(END, begin);
            if (end < 0) {
                throw new CertificateException("a certificate without its end");
            }
            found.add(factory.generateCertificate(
                    new ByteArrayInputStream(der(text.substring(begin + BEGIN.length(), end)))));
            begin = text.indexOf(BEGIN, end);
        }
        return x509(found);
    }

    private static byte[] der(String base64) throws CertificateException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException broken) {
            throw new CertificateException("not in base 64", broken);
        }
    }

    static List<X509Certificate> inKeyStore(Path file, Supplier<char[]> password)
            throws IOException, GeneralSecurityException {
        if (Files.size(file) > LARGEST_STORE || !Files.isRegularFile(file)) {
            throw new IOException("no key store, or too large a one");
        }
        char[] secret = password.get().clone();
        try {
            return inKeyStore(KeyStore.getInstance(file.toFile(), secret));
        } finally {
            Arrays.fill(secret, ' ');
        }
    }

    /** Those that go with a key; where none does, those that are trusted. */
    static List<X509Certificate> inKeyStore(KeyStore store) throws GeneralSecurityException {
        var own = new ArrayList<Certificate>();
        var trusted = new ArrayList<Certificate>();
        for (String alias : Collections.list(store.aliases())) {
            Certificate[] chain = store.getCertificateChain(alias);
            if (chain != null) {
                own.addAll(Arrays.asList(chain));
            } else if (store.isCertificateEntry(alias)) {
                trusted.add(store.getCertificate(alias));
            }
        }
        return x509(own.isEmpty() ? trusted : own);
    }

    /** What a server shows in its handshake, whether that is completed or not: it may ask for a certificate of ours. */
    static List<X509Certificate> shownBy(String host, int port, Deadline deadline)
            throws IOException, GeneralSecurityException {
        var shown = new ShownChain();
        // One context a run: a session that is resumed shows no certificates.
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {shown}, null);
        try (Socket plain = TcpCheck.connect(host, port, deadline);
                SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true)) {
            socket.startHandshake();
        } catch (IOException failure) {
            if (shown.chain().isEmpty()) {
                throw failure;
            }
        }
        return shown.chain();
    }

    private static List<X509Certificate> x509(Iterable<? extends Certificate> certificates) {
        var found = new ArrayList<X509Certificate>();
        for (Certificate certificate : certificates) {
            if (certificate instanceof X509Certificate x509) {
                found.add(x509);
            }
        }
        return found;
    }
}
