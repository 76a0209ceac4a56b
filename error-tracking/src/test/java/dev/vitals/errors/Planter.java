package dev.vitals.errors;

import io.sentry.protocol.Contexts;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes objects of Sentry's with a canary in every text, map and list, whatever their classes are. */
@SuppressWarnings("JavaUtilDate") // Sentry has fields of it
final class Planter {
    /** What holds no text of anybody's. */
    private static final Set<String> HARMLESS = Set.of(
            "java.io.File",
            "java.lang.Thread",
            "io.sentry.ILogger",
            "io.sentry.featureflags.IFeatureFlagBuffer", // made from feature flags, which are contexts
            "java.lang.Throwable",
            "java.util.TimeZone",
            "java.util.concurrent.Callable",
            "io.sentry.ISpan",
            "io.sentry.Instrumenter",
            "io.sentry.SentryDate",
            "io.sentry.util.AutoClosableReentrantLock",
            "io.sentry.util.LazyEvaluator");

    private final Canary canary;
    private final List<String> fields = new ArrayList<>();
    private final Deque<Class<?>> making = new ArrayDeque<>();
    private final Set<String> unknown = new TreeSet<>();

    Planter(Canary canary) {
        this.canary = canary;
    }

    /** {@return the fields of canaries by their number, as "Class.field"} */
    List<String> fields() {
        return fields;
    }

    /** {@return the fields of types that nothing is known of} */
    Set<String> unknown() {
        return unknown;
    }

    private boolean inMapsAlone() {
        return canary == Canary.NAMED || canary == Canary.NAMED_OTHERWISE || canary == Canary.CARD_AS_NUMBER;
    }

    private String planted(String field) {
        fields.add(field);
        return canary.of(fields.size() - 1);
    }

    private String text(String field) {
        return inMapsAlone() ? "text" : planted(field);
    }

    <T> T make(Class<T> type) {
        return make(type, Map.of());
    }

    private <T> T make(Class<T> type, Map<TypeVariable<?>, Type> variables) {
        making.push(type);
        try {
            T made = instance(type);
            if (made instanceof Contexts contexts) {
                contexts(contexts);
            } else if (made instanceof Map<?, ?>) {
                @SuppressWarnings("unchecked") // those of Sentry's have names and anything
                Map<String, Object> map = (Map<String, Object>) made;
                map.putAll(map(Object.class, type.getSimpleName(), variables));
            } else {
                fill(made, type, variables);
            }
            return made;
        } catch (ReflectiveOperationException failure) {
            throw new LinkageError(type.getName(), failure);
        } finally {
            making.pop();
        }
    }

    private static <T> T instance(Class<T> type) throws ReflectiveOperationException {
        try {
            Constructor<T> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor.newInstance();
        } catch (NoSuchMethodException needsArguments) {
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            Field instance = unsafe.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            return type.cast(unsafe.getMethod("allocateInstance", Class.class).invoke(instance.get(null), type));
        }
    }

    /** Plants in what is there already. */
    void fill(Object object) throws ReflectiveOperationException {
        fill(object, object.getClass(), Map.of());
    }

    private void fill(Object object, Class<?> type, Map<TypeVariable<?>, Type> variables)
            throws ReflectiveOperationException {
        for (Class<?> part = type; part != null && part.getClassLoader() != null; part = part.getSuperclass()) {
            for (Field field : part.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || field.isSynthetic()) {
                    continue;
                }
                field.setAccessible(true);
                Object value = value(field.getGenericType(), part.getSimpleName() + "." + field.getName(), variables);
                boolean told = field.getType().isEnum() && field.get(object) != null;
                if (value != null && !told) {
                    field.set(object, value);
                }
            }
        }
    }

    /** Each context by its setter, and one of an application's own. */
    private void contexts(Contexts contexts) throws ReflectiveOperationException {
        for (Method method : Contexts.class.getDeclaredMethods()) {
            if (method.getName().startsWith("set")
                    && method.getParameterCount() == 1
                    && method.getParameterTypes()[0].getName().startsWith("io.sentry.")) {
                method.invoke(contexts, make(method.getParameterTypes()[0]));
            }
        }
        contexts.put("shop", map(Object.class, "Contexts.internalStorage", Map.of()));
    }

    private Object value(Type type, String field, Map<TypeVariable<?>, Type> variables)
            throws ReflectiveOperationException {
        Type[] arguments = type instanceof ParameterizedType generic ? generic.getActualTypeArguments() : new Type[0];
        Type raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
        raw = raw instanceof TypeVariable<?> variable ? variables.getOrDefault(variable, Object.class) : raw;
        Class<?> of = raw instanceof Class<?> known ? known : Object.class;
        if (of == String.class || of == Object.class || of == CharSequence.class) {
            return text(field);
        }
        if (Map.class.isAssignableFrom(of) && !of.getName().startsWith("io.sentry.")) {
            Map<String, Object> map = map(arguments.length == 2 ? arguments[1] : Object.class, field, variables);
            return of == Map.class ? map : new ConcurrentHashMap<>(map);
        }
        if (Collection.class.isAssignableFrom(of) || of.isArray()) {
            Type element = of.isArray() ? of.getComponentType() : arguments[0];
            Object one = value(element, field, variables);
            if (of.isArray()) {
                Object array = java.lang.reflect.Array.newInstance(of.getComponentType(), one == null ? 0 : 1);
                if (one != null) {
                    java.lang.reflect.Array.set(array, 0, one);
                }
                return array;
            }
            return one == null
                    ? new ArrayList<>()
                    : Set.class.isAssignableFrom(of)
                            ? new java.util.HashSet<>(List.of(one))
                            : new ArrayList<>(List.of(one));
        }
        return of.getName().startsWith("io.sentry.")
                        && !of.isEnum()
                        && !of.isInterface()
                        && !HARMLESS.contains(of.getName())
                ? nested(of, variables(of, arguments))
                : scalar(of, field);
    }

    private static Map<TypeVariable<?>, Type> variables(Class<?> type, Type[] arguments) {
        Map<TypeVariable<?>, Type> variables = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            variables.put(type.getTypeParameters()[i], arguments[i]);
        }
        return variables;
    }

    private Object nested(Class<?> type, Map<TypeVariable<?>, Type> variables) {
        if (making.contains(type) || Modifier.isAbstract(type.getModifiers())) {
            return null;
        }
        return make(type, variables);
    }

    private Object scalar(Class<?> type, String field) {
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        Object value = SCALARS.get(type);
        if (value == null && !HARMLESS.contains(type.getName())) {
            unknown.add(field + ": " + type.getName());
        }
        return value;
    }

    private static final Map<Class<?>, Object> SCALARS = Map.ofEntries(
            Map.entry(int.class, 1),
            Map.entry(Integer.class, 1),
            Map.entry(long.class, 1L),
            Map.entry(Long.class, 1L),
            Map.entry(double.class, 1.5),
            Map.entry(Double.class, 1.5),
            Map.entry(float.class, 1.5f),
            Map.entry(Float.class, 1.5f),
            Map.entry(boolean.class, true),
            Map.entry(Boolean.class, true),
            Map.entry(Number.class, 1),
            Map.entry(AtomicInteger.class, new AtomicInteger(1)),
            Map.entry(BigDecimal.class, BigDecimal.ONE),
            Map.entry(Date.class, new Date(1_732_250_000_000L)),
            Map.entry(UUID.class, UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8")));

    private Map<String, Object> map(Type of, String field, Map<TypeVariable<?>, Type> variables)
            throws ReflectiveOperationException {
        Map<String, Object> map = new LinkedHashMap<>();
        boolean texts = of == String.class;
        if ((!texts && of instanceof Class<?> && of != Object.class) || of instanceof ParameterizedType) {
            map.put(text(field), value(of, field, variables));
            return map;
        }
        if (inMapsAlone()) {
            named(map, texts, field);
            return map;
        }
        map.put("note", planted(field));
        map.put(planted(field), "note");
        if (!texts) {
            map.put("list", List.of(planted(field), Map.of("inner", planted(field), planted(field), 1)));
        }
        return map;
    }

    private void named(Map<String, Object> map, boolean texts, String field) {
        if (canary == Canary.CARD_AS_NUMBER) {
            map.put("number", texts ? planted(field) : (Object) Long.parseLong(planted(field)));
            return;
        }
        String name = canary == Canary.NAMED ? "password" : "dbPassword";
        map.put(name, planted(field));
        if (!texts && canary == Canary.NAMED_OTHERWISE) {
            map.put("list", List.of(Map.of(name, planted(field))));
        }
    }
}
