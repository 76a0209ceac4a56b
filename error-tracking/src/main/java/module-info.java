/** Error reports to Sentry, without secrets. */
module dev.vitals.errors {
    requires static transitive org.jspecify;
    requires static transitive dev.vitals.health;
    requires transitive sentry;
    // An application has one of the two, and never loads the class for the other.
    requires static ch.qos.logback.classic;
    requires static ch.qos.logback.core;
    requires static org.apache.logging.log4j.core;
    // By Sentry's classes, while this is compiled.
    requires static org.jetbrains.annotations;
    requires transitive dev.vitals.http;
    requires transitive dev.vitals.scrubbing;

    exports dev.vitals.errors;
}
