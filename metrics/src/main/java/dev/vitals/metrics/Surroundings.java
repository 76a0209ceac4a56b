package dev.vitals.metrics;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the process was started with.
 *
 * @param property system properties
 * @param variable environment variables
 * @param agent whether OpenTelemetry's agent is attached
 */
record Surroundings(
        Function<String, @Nullable String> property,
        Function<String, @Nullable String> variable,
        BooleanSupplier agent) {
    private static final String AGENT = "io.opentelemetry.javaagent.OpenTelemetryAgent";

    static Surroundings ofThisProcess() {
        return new Surroundings(System::getProperty, System::getenv, Surroundings::isAgentAttached);
    }

    /** An agent that is attached puts its jar before the JDK's own classes; one on the class path alone does nothing. */
    private static boolean isAgentAttached() {
        try {
            return Class.forName(AGENT, false, null) != null;
        } catch (ClassNotFoundException | LinkageError none) {
            return false;
        }
    }

    /** The name of a property as an environment variable. */
    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** A system property, else the environment variable of that name; null where neither says a thing. */
    @Nullable
    String setting(String name) {
        String value = property.apply(name);
        if (value == null || value.isBlank()) {
            value = variable.apply(variable(name));
        }
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Whether OpenTelemetry's agent is attached, and was not told to leave instrumentation or metrics alone. */
    boolean agentCounts() {
        return agent.getAsBoolean()
                && !says("otel.javaagent.enabled", "false"::equalsIgnoreCase)
                && !says("otel.sdk.disabled", "true"::equalsIgnoreCase)
                && !says("otel.metrics.exporter", "none"::equalsIgnoreCase);
    }

    private boolean says(String name, Predicate<String> what) {
        String value = setting(name);
        return value != null && what.test(value);
    }
}
