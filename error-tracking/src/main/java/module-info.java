/** Error reports to Sentry, without secrets. */
module dev.vitals.errors {
    requires static transitive org.jspecify;
    requires static transitive dev.vitals.health;
    requires transitive sentry;
    requires transitive dev.vitals.http;
    requires transitive dev.vitals.scrubbing;

    exports dev.vitals.errors;
}
