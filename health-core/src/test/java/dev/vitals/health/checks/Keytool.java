package dev.vitals.health.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates made for a test, with the tool of the JDK that runs it. */
final class Keytool {
    static final String PASSWORD = "hunter2-store";

    private final Path folder;

    Keytool(Path folder) {
        this.folder = folder;
    }

    /** A key store with a self-signed certificate for 127.0.0.1. */
    Path keyStore(String name, String start, int days) throws IOException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        run(("-genkeypair -keyalg EC -groupname secp256r1 -ext san=ip:127.0.0.1 -storetype PKCS12 -alias " + name
                        + " -dname CN=" + name + " -startdate " + start + " -validity " + days + " -keystore " + store)
                .split(" ", -1));
        return store;
    }

    /** What a key store holds, as a file in PEM, or in DER. */
    Path certificate(Path store, String name, boolean pem) throws IOException, InterruptedException {
        Path file = folder.resolve(name + (pem ? ".pem" : ".cer"));
        run(("-exportcert -alias " + name + " -keystore " + store + " -file " + file + (pem ? " -rfc" : ""))
                .split(" ", -1));
        return file;
    }

    static KeyStore load(Path store) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    /** Shows what the store holds, and trusts it. */
    static SSLContext tls(Path store) throws IOException, GeneralSecurityException {
        KeyStore loaded = load(store);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(loaded, PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        String alias = loaded.aliases().nextElement();
        trusted.setCertificateEntry(alias, loaded.getCertificate(alias));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(told);
        }
    }
}
