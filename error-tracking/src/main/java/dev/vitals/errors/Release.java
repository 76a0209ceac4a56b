package dev.vitals.errors;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** An application's release as Sentry names it: {@code name@version}, and {@code +commit} where that is known. */
final class Release {
    private Release() {}

    /**
     * Of the application that a class belongs to: title and version of its jar's manifest; else what the git-commit-id
     * plugins leave in {@code git.properties} at the root of the class path. Null where neither tells.
     */
    static @Nullable String of(Class<?> application) {
        Package its = application.getPackage();
        String commit = commit(application);
        if (its != null && its.getImplementationVersion() != null) {
            String title = its.getImplementationTitle();
            String name = title == null || title.isBlank() ? its.getName() : title;
            return named(name, its.getImplementationVersion(), commit);
        }
        return commit;
    }

    static String named(String name, String version, @Nullable String commit) {
        String release = name.trim().replaceAll("\\s+", "-") + "@" + version.trim();
        return commit == null ? release : release + "+" + commit;
    }

    private static @Nullable String commit(Class<?> application) {
        try (InputStream file = application.getResourceAsStream("/git.properties")) {
            return file == null ? null : commit(file);
        } catch (IOException unreadable) {
            return null;
        }
    }

    static @Nullable String commit(InputStream file) throws IOException {
        var git = new Properties();
        try {
            git.load(file);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
        String commit = git.getProperty("git.commit.id.abbrev", git.getProperty("git.commit.id", ""));
        return commit.isBlank() ? null : commit.trim();
    }
}
