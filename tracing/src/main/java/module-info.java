/** A server span for each request, by OpenTelemetry's conventions, and its ids in the log. */
module dev.vitals.tracing {
    requires transitive dev.vitals.http;
    requires transitive dev.vitals.scrubbing;
    requires transitive io.opentelemetry.api;
    requires io.opentelemetry.context;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.vitals.tracing;
}
