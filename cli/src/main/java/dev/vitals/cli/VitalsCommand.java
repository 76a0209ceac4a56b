package dev.vitals.cli;

import picocli.CommandLine.Command;

/** The root: it has nothing to do of its own, so that calling it alone is answered with the usage. */
@Command(
        name = "vitals",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Brings the Prometheus rules and Grafana dashboards of Vitals to where they are used, and takes"
                + " personal data and secrets out of text.",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:could not be done; standard error says why", "2:wrong usage"},
        footer = {"", "`vitals COMMAND --help` tells more about a command."})
final class VitalsCommand {}
