package dev.vitals.errors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentry.ISerializer;
import io.sentry.JsonSerializable;
import io.sentry.SentryEnvelope;
import io.sentry.SentryEnvelopeHeader;
import io.sentry.SentryEnvelopeItem;
import io.sentry.SentryEvent;
import io.sentry.SentryReplayEvent;
import io.sentry.protocol.Contexts;
import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Finds what Sentry writes, and has it written as it does: as the item of an envelope where it is one. */
final class SentryItems {
    private SentryItems() {}

    /** {@return all classes of Sentry's that write JSON} */
    static List<Class<?>> classes() throws Exception {
        Path jar = Path.of(SentryEvent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Class<?>> found = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                if (name.startsWith("io/sentry/") && name.endsWith(".class")) {
                    Class<?> type = Class.forName(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'),
                            false,
                            SentryItems.class.getClassLoader());
                    if (isWritten(type)) {
                        found.add(type);
                    }
                }
            }
        }
        found.sort(Comparator.comparing(Class::getName));
        return found;
    }

    private static boolean isWritten(Class<?> type) {
        return JsonSerializable.class.isAssignableFrom(type)
                && !type.isEnum()
                && !Modifier.isAbstract(type.getModifiers())
                && type.getSuperclass() != Contexts.class; // a view of three others
    }

    static String json(Object entity, ISerializer serializer) throws Exception {
        StringWriter out = new StringWriter();
        serializer.serialize(entity, out);
        return out.toString();
    }

    /** {@return the envelope with it, its headers planted too; for what is no item its JSON} */
    static String written(Object report, Planter planter, ISerializer serializer) throws Exception {
        if (!isItem(report)) {
            return json(report, serializer);
        }
        SentryEnvelopeItem item = item(report, serializer);
        planter.fill(item.getHeader());
        SentryEnvelope envelope = new SentryEnvelope(planter.make(SentryEnvelopeHeader.class), List.of(item));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        serializer.serialize(envelope, out);
        String wire = out.toString(UTF_8);
        if (wire.lines().count() < 3) {
            throw new AssertionError("left out: " + report.getClass());
        }
        return wire;
    }

    /** Sentry's factory methods for what comes from no file. */
    private static final List<Method> FACTORIES = Arrays.stream(SentryEnvelopeItem.class.getMethods())
            .filter(method -> method.getReturnType() == SentryEnvelopeItem.class)
            .filter(method -> method.getParameterCount() == 2)
            .filter(method -> !method.getName().contains("Perfetto"))
            .toList();

    /** {@return whether Sentry sends it as an item of an envelope} */
    static boolean isItem(Object report) {
        return FACTORIES.stream()
                        .flatMap(method -> Arrays.stream(method.getParameterTypes()))
                        .anyMatch(type -> type.isInstance(report))
                && !(report instanceof SentryReplayEvent); // which is sent with a video
    }

    private static SentryEnvelopeItem item(Object report, ISerializer serializer) throws Exception {
        for (Method method : FACTORIES) {
            Class<?>[] parameters = method.getParameterTypes();
            if (parameters[1].isInstance(report)) {
                return (SentryEnvelopeItem) method.invoke(null, serializer, report);
            }
            if (parameters[0].isInstance(report)) {
                return (SentryEnvelopeItem) method.invoke(null, report, serializer);
            }
        }
        throw new AssertionError("no item: " + report.getClass());
    }
}
