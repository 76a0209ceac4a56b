/** The command line of Vitals. */
module dev.vitals.cli {
    requires dev.vitals.bundle;
    requires dev.vitals.scrubbing;
    requires info.picocli;
    requires static transitive org.jspecify;

    exports dev.vitals.cli;

    opens dev.vitals.cli to
            info.picocli;
}
