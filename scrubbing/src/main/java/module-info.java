/** Finds and replaces personal data and secrets before they leave the process. */
module dev.vitals.scrubbing {
    requires static transitive org.jspecify;

    exports dev.vitals.scrubbing;
}
