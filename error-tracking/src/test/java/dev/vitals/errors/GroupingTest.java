package dev.vitals.errors;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.scrubbing.Scrubber;
import io.sentry.ISerializer;
import io.sentry.JsonSerializer;
import io.sentry.SentryEvent;
import io.sentry.SentryLevel;
import io.sentry.SentryOptions;
import io.sentry.protocol.Mechanism;
import io.sentry.protocol.Message;
import io.sentry.protocol.SentryException;
import io.sentry.protocol.SentryStackFrame;
import io.sentry.protocol.SentryStackTrace;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Sentry groups errors by must come through as it was, or all that is known already would be new. */
class GroupingTest {
    private static final Set<String> GENERATED = Set.of(
            "com.acme.Shop$$Lambda/0x00007f2a4c0f1200",
            "com.acme.Shop$$Lambda$14/0x0000000800c8d440",
            "com.acme.Shop$$Lambda/1324119927",
            "jdk.proxy2.$Proxy123",
            "com.sun.proxy.$Proxy4111",
            "com.acme.Shop$$EnhancerBySpringCGLIB$$4b1c1ea0",
            "com.acme.Shop$$SpringCGLIB$$0",
            "com.acme.Shop$$FastClassBySpringCGLIB$$e7645040",
            "com.acme.Shop$HibernateProxy$aB3dE6gH",
            "com.acme.Shop$MockitoMock$1234567890",
            "com.acme.Shop$ByteBuddy$9j4Kx2Lm",
            "com.acme.Shop/0x0000000800c8d440",
            "java.lang.invoke.LambdaForm$DMH/0x00007f8c1c001000",
            "jdk.internal.reflect.GeneratedMethodAccessor1234567",
            "com.acme.ShopKt$main$1$invokeSuspend$$inlined$map$1$2",
            "com.acme.Shop$Companion$DefaultImpls",
            "com.acme.Shop$$anonfun$main$1",
            "com.acme.package$Password$",
            "Script1$_run_closure1$_closure2",
            "com.acme.TokenService$$Lambda$Password",
            "lambda$resetPassword$0",
            "access$token$1",
            "invokeSuspend$lambda-3$secret",
            "$anonfun$authenticate$1$adapted",
            "<init>",
            "<clinit>");

    private final Fields fields = new Fields(Scrubber.standard(), false);

    @Test
    void noNameOfAClassOrAMethodIsTakenForASecret() throws Exception {
        Set<String> names = new HashSet<>(GENERATED);
        jdk(names);
        for (String jar : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (jar.endsWith(".jar")) {
                jar(Path.of(jar), names);
            }
        }
        assertThat(names).hasSizeGreaterThan(30_000);

        Set<String> changed = new TreeSet<>();
        for (String name : names) {
            String simple = name.substring(name.lastIndexOf('.') + 1);
            String outer = simple.replaceFirst("\\$.*", "");
            check("module", name, changed);
            check("type", simple, changed);
            check("function", simple, changed);
            check("filename", outer + ".java", changed);
            check("logger", name, changed);
        }
        assertThat(changed).isEmpty();
    }

    private void check(String field, String name, Set<String> changed) {
        if (!fields.text(Place.REPORT, field, name).equals(name)) {
            changed.add(field + " " + name);
        }
    }

    private static void jdk(Set<String> names) throws IOException {
        Path modules = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
        try (Stream<Path> files = Files.walk(modules)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String path = file.toString();
                if (path.endsWith(".class")) {
                    names.add(className(path.substring(path.indexOf('/', "/modules/".length()) + 1)));
                }
                if (path.startsWith("/modules/java.base/java/util/") && path.endsWith(".class")) {
                    members(Files.newInputStream(file), names);
                }
            }
        }
    }

    private static void jar(Path jar, Set<String> names) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Collections.list(file.entries()).forEach(entry -> {
                if (entry.getName().endsWith(".class")) {
                    names.add(className(entry.getName()));
                }
            });
        }
    }

    private static String className(String path) {
        return path.substring(0, path.length() - ".class".length()).replace('/', '.');
    }

    /** The words of a class file's constants that can be names: those of methods are among them. */
    private static void members(InputStream file, Set<String> names) throws IOException {
        try (DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(file.readAllBytes()))) {
            in.skipBytes(8);
            int constants = in.readUnsignedShort();
            for (int i = 1; i < constants; i++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> {
                        String word = new String(in.readNBytes(in.readUnsignedShort()), ISO_8859_1);
                        if (!word.isEmpty() && word.chars().allMatch(Character::isJavaIdentifierPart)) {
                            names.add(word);
                        }
                    }
                    case 5, 6 -> {
                        in.skipBytes(8);
                        i++;
                    }
                    case 7, 8, 16, 19, 20 -> in.skipBytes(2);
                    case 15 -> in.skipBytes(3);
                    default -> in.skipBytes(4);
                }
            }
        } finally {
            file.close();
        }
    }

    @Test
    void allThatAnErrorIsGroupedByComesThroughAsItWas() throws Exception {
        SentryOptions options = new SentryOptions();
        ErrorTracking.install(options);
        SentryEvent event = event();

        String expected = written(new JsonSerializer(new SentryOptions()), event);

        assertThat(written(options.getSerializer(), event)).isEqualTo(expected);
        assertThat(expected).contains("order {} of {} failed", "\"lineno\":4111", "[\"{{ default }}\",\"payment\"]");
    }

    private static String written(ISerializer serializer, SentryEvent event) throws Exception {
        StringWriter out = new StringWriter();
        serializer.serialize(event, out);
        return out.toString();
    }

    private static SentryEvent event() {
        SentryEvent event = new SentryEvent();
        event.setLevel(SentryLevel.ERROR);
        event.setLogger("com.acme.auth.TokenService");
        event.setTransaction("POST /orders/{id}/password");
        event.setFingerprints(List.of("{{ default }}", "payment"));
        event.setRelease("com.acme.shop@2.14.0.3+417f3a2");
        event.setDist("1732250000123");
        event.setEnvironment("production");
        event.setPlatform("java");
        Message message = new Message();
        message.setMessage("order {} of {} failed");
        event.setMessage(message);
        List<SentryStackFrame> frames = new ArrayList<>();
        for (String name : new TreeSet<>(GENERATED)) {
            SentryStackFrame frame = new SentryStackFrame();
            frame.setModule(name);
            frame.setFunction("lambda$resetPassword$" + frames.size());
            frame.setFilename("TokenService.java");
            frame.setLineno(4111);
            frame.setInApp(true);
            frames.add(frame);
        }
        SentryException exception = new SentryException();
        exception.setType("TokenService$InvalidPasswordException");
        exception.setModule("com.acme.auth");
        exception.setThreadId(140_123_456_789_012L);
        exception.setStacktrace(new SentryStackTrace(frames));
        Mechanism mechanism = new Mechanism();
        mechanism.setType("UncaughtExceptionHandler");
        exception.setMechanism(mechanism);
        event.setExceptions(List.of(exception));
        return event;
    }
}
