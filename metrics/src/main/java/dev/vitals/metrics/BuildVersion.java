package dev.vitals.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of Vitals that runs, from a resource that the build fills in: it survives shading, a manifest does not. */
final class BuildVersion {
    static final String UNKNOWN = "unknown";

    private BuildVersion() {}

    static String read() {
        try (InputStream in = BuildVersion.class.getResourceAsStream("version.properties")) {
            var properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", UNKNOWN);
        } catch (IOException | IllegalArgumentException unreadable) {
            return UNKNOWN;
        }
    }
}
