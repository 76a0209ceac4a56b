/** Golden signals with bounded labels, health as metrics, and the endpoint that Prometheus scrapes. */
module dev.vitals.metrics {
    requires transitive dev.vitals.health;
    requires transitive dev.vitals.http;
    requires dev.vitals.scrubbing;
    requires io.prometheus.metrics.model;
    requires io.prometheus.metrics.tracer.common;
    requires io.prometheus.writer.text;
    // What one class alone works with: an application without it never loads that class.
    requires static com.zaxxer.hikari;
    requires static io.github.resilience4j.circuitbreaker;
    requires static io.github.resilience4j.core;
    requires static io.github.resilience4j.micrometer;
    requires transitive java.sql;
    requires static lettuce.core;
    requires static net.ttddyy.dsproxy;
    // Micrometer reads garbage collections and descriptors through it, and as an automatic module cannot ask for it.
    requires jdk.management;
    requires transitive micrometer.core;
    requires transitive micrometer.registry.prometheus;
    requires static transitive org.jspecify;

    exports dev.vitals.metrics;
}
