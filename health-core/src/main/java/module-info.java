/** Liveness, readiness, startup and comprehensive health that no dependency can hang. */
module dev.vitals.health {
    requires transitive dev.vitals.http;
    requires dev.vitals.scrubbing;
    requires java.management;
    requires transitive java.net.http;
    requires jdk.management;
    requires org.slf4j;
    requires tools.jackson.core;
    requires static transitive org.jspecify;

    exports dev.vitals.health;
    exports dev.vitals.health.checks;
}
