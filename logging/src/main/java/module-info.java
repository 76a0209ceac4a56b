/** Log lines of Logback and of Log4j2 with personal data and secrets taken out. */
module dev.vitals.logging {
    requires transitive dev.vitals.scrubbing;
    // An application has one of the two, and never loads the class for the other.
    requires static ch.qos.logback.classic;
    requires static ch.qos.logback.core;
    requires static org.apache.logging.log4j.core;
    requires static transitive org.jspecify;

    exports dev.vitals.logging;
}
