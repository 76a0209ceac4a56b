package dev.vitals.integration;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The modules and the only arrows between them, as the design has them.
 *
 * @param folder the module's folder, and its artifact with {@code vitals-} before it
 * @param pkg its package, and the name of its Java module
 * @param more the packages beside it, which see it and are not seen by it
 * @param sees the Vitals packages it may see
 * @param outside what it may see of others, the JDK apart
 */
record Modules(String folder, String pkg, Set<String> more, Set<String> sees, Set<String> outside) {
    Modules(String folder, String pkg, Set<String> sees, Set<String> outside) {
        this(folder, pkg, Set.of(), sees, outside);
    }

    static final List<Modules> ALL = List.of(
            new Modules("scrubbing", "dev.vitals.scrubbing", Set.of(), Set.of("javax.crypto")),
            new Modules("http", "dev.vitals.http", Set.of(), Set.of("com.sun.net.httpserver")),
            new Modules(
                    "health-core",
                    "dev.vitals.health",
                    Set.of("dev.vitals.health.checks"),
                    Set.of("dev.vitals.http", "dev.vitals.scrubbing"),
                    Set.of("org.slf4j", "tools.jackson.core", "com.sun.management", "javax.security.auth")),
            new Modules(
                    "health-jdbc",
                    "dev.vitals.health.jdbc",
                    Set.of("dev.vitals.health", "dev.vitals.health.checks"),
                    Set.of("com.zaxxer.hikari")),
            new Modules(
                    "health-redis",
                    "dev.vitals.health.redis",
                    Set.of("dev.vitals.health", "dev.vitals.health.checks"),
                    Set.of("io.lettuce")),
            new Modules(
                    "metrics",
                    "dev.vitals.metrics",
                    Set.of("dev.vitals.http", "dev.vitals.health", "dev.vitals.scrubbing"),
                    Set.of(
                            "io.micrometer",
                            "io.prometheus",
                            "com.zaxxer.hikari",
                            "io.github.resilience4j",
                            "io.lettuce",
                            "net.ttddyy.dsproxy")),
            new Modules("bundle", "dev.vitals.bundle", Set.of("dev.vitals.metrics"), Set.of()),
            new Modules(
                    "tracing",
                    "dev.vitals.tracing",
                    Set.of("dev.vitals.http", "dev.vitals.scrubbing"),
                    Set.of("io.opentelemetry", "org.slf4j")),
            new Modules(
                    "error-tracking",
                    "dev.vitals.errors",
                    Set.of("dev.vitals.http", "dev.vitals.scrubbing", "dev.vitals.health"),
                    Set.of("io.sentry", "ch.qos.logback", "org.apache.logging.log4j")),
            new Modules(
                    "logging",
                    "dev.vitals.logging",
                    Set.of("dev.vitals.scrubbing"),
                    Set.of("ch.qos.logback", "org.apache.logging.log4j")),
            new Modules(
                    "http-servlet", "dev.vitals.http.servlet", Set.of("dev.vitals.http"), Set.of("jakarta.servlet")),
            new Modules(
                    "spring-boot-starter",
                    "dev.vitals.spring",
                    Set.of(
                            "dev.vitals.scrubbing",
                            "dev.vitals.http",
                            "dev.vitals.http.servlet",
                            "dev.vitals.health",
                            "dev.vitals.health.jdbc",
                            "dev.vitals.health.redis",
                            "dev.vitals.metrics",
                            "dev.vitals.tracing",
                            "dev.vitals.errors"),
                    Set.of("org.springframework", "jakarta.servlet")),
            new Modules(
                    "cli", "dev.vitals.cli", Set.of("dev.vitals.bundle", "dev.vitals.scrubbing"), Set.of("picocli")));

    Set<String> packages() {
        return Stream.concat(Stream.of(pkg), more.stream()).collect(Collectors.toUnmodifiableSet());
    }

    static Modules of(String folder) {
        return ALL.stream()
                .filter(module -> module.folder().equals(folder))
                .findAny()
                .orElseThrow();
    }
}
