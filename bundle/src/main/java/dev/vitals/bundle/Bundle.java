package dev.vitals.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files that a platform imports: rules for Prometheus, dashboards for Grafana. They come with this jar, so that
 * they read the metrics of just this version. Has no state; every method may be called from any thread, though two
 * exports into one folder at the same time are one too many.
 */
public final class Bundle {
    private static final String RESOURCES = "/META-INF/vitals/";
    private static final List<String> FILES = List.of("grafana/vitals-overview.json", "prometheus/vitals.rules.yml");

    private Bundle() {}

    /**
     * {@return the paths of all files of the bundle, relative to the folder of an export, with {@code /} between
     * their parts}
     */
    public static List<String> files() {
        return FILES;
    }

    /**
     * {@return the text of one file, UTF-8}
     *
     * @param file a path out of {@link #files()}
     * @throws IllegalArgumentException if the bundle has no such file
     */
    public static byte[] read(String file) {
        if (!FILES.contains(file)) {
            throw new IllegalArgumentException("the bundle has no file " + file + ": it has " + FILES);
        }
        try (InputStream in = Bundle.class.getResourceAsStream(RESOURCES + file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing in the jar of the bundle");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the jar of the bundle cannot be read", unreadable);
        }
    }

    /**
     * Writes the bundle into a folder, and creates the folder where it is missing. What an export wrote, a later one
     * brings up to date; a file that none of them wrote, or that was changed since, is never touched: then nothing is
     * written at all. Which files are its own, an export knows from their digests in {@code .vitals-export}, which
     * belongs beside them.
     *
     * @param folder where to
     * @return the files that were written, in the order of their paths; those that were up to date are not among them
     * @throws FileAlreadyExistsException if a file is in the way; its message names all of them and says what to do
     * @throws IOException if the folder or a file in it cannot be read or written; each file is then as before or
     *     whole, never half
     */
    public static List<Path> exportTo(Path folder) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        for (String file : FILES) {
            contents.put(file, read(file));
        }
        return Export.write(folder, contents);
    }
}
