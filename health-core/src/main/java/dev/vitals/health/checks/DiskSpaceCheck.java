package dev.vitals.health.checks;

import dev.vitals.health.Deadline;
import dev.vitals.health.HealthCheck;
import dev.vitals.health.HealthResult;
import dev.vitals.health.Status;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much space this process may still write on the volumes that hold some paths: DEGRADED under a tenth, DOWN under
 * a fiftieth, and neither while 100 GiB are free. Advisory. Immutable, safe for use by many threads.
 *
 * <pre>{@code
 * .readiness("disk", DiskSpaceCheck.of(Path.of("/var/lib/orders"), Path.of("/tmp")))
 * }</pre>
 *
 * <p>A path that is not there is DOWN. Inodes are not looked at: the JDK does not tell them. A network volume whose
 * server is gone blocks the run past its deadline and ignores interruption, which the engine stands.
 *
 * <p>Measures the fullest volume: {@code disk.free} (By), {@code disk.used.ratio} (1).
 *
 * @see FileStore#getUsableSpace
 */
public final class DiskSpaceCheck implements HealthCheck {
    private static final long GIB = 1L << 30;

    private final List<Path> paths;
    private final double degradedBelow;
    private final double downBelow;
    private final long enough;

    private DiskSpaceCheck(List<Path> paths, double degradedBelow, double downBelow, long enough) {
        if (downBelow > degradedBelow) {
            throw new IllegalArgumentException("downBelow(" + downBelow + ") exceeds degradedBelow(" + degradedBelow
                    + "), so that DEGRADED would never be seen: set degradedBelow higher first");
        }
        this.paths = paths;
        this.degradedBelow = degradedBelow;
        this.downBelow = downBelow;
        this.enough = enough;
    }

    /**
     * {@return a check of the volumes that hold the paths}
     *
     * @param paths files or directories; each is looked up anew in each run
     * @throws IllegalArgumentException if there is none
     */
    public static DiskSpaceCheck of(Path... paths) {
        if (paths.length == 0) {
            throw new IllegalArgumentException("no path: name at least one, such as Path.of(\"/var/lib/orders\")");
        }
        return new DiskSpaceCheck(List.of(paths), 0.1, 0.02, 100 * GIB);
    }

    /**
     * {@return this check, DEGRADED below another share of free space}
     *
     * @param share from 0 to 1
     * @throws IllegalArgumentException if that is no share, or below that of DOWN
     */
    public DiskSpaceCheck degradedBelow(double share) {
        return new DiskSpaceCheck(paths, Options.share(share, "degradedBelow"), downBelow, enough);
    }

    /**
     * {@return this check, DOWN below another share of free space}
     *
     * @param share from 0 to 1
     * @throws IllegalArgumentException if that is no share, or above that of DEGRADED
     */
    public DiskSpaceCheck downBelow(double share) {
        return new DiskSpaceCheck(paths, degradedBelow, Options.share(share, "downBelow"), enough);
    }

    /**
     * {@return this check, UP with so much free space, however small its share: a tenth of a large disk is plenty}
     *
     * @param bytes in bytes
     * @throws IllegalArgumentException if the number is below 1
     */
    public DiskSpaceCheck enough(long bytes) {
        return new DiskSpaceCheck(paths, degradedBelow, downBelow, Options.atLeast(1, bytes, "enough"));
    }

    @Override
    public boolean advisory() {
        return true;
    }

    @Override
    public HealthResult check(Deadline deadline) {
        var status = Status.UP;
        var reasons = new ArrayList<String>();
        var volumes = new ArrayList<Volume>();
        for (Path path : paths) {
            Volume volume = look(path);
            Status one = status(volume);
            if (one != Status.UP) {
                reasons.add(reason(volume));
            }
            status = status.worse(one);
            volumes.add(volume);
        }
        HealthResult result = Results.of(status, String.join("; ", reasons));
        for (Volume volume : volumes) {
            result = result.withDetail(volume.path().toString(), detail(volume));
        }
        return measured(result, volumes);
    }

    /** What is known of one path's volume; an error where nothing is. */
    private record Volume(
            Path path, long free, long total, @Nullable String error) {
        double freeShare() {
            return (double) free / total;
        }
    }

    private static Volume look(Path path) {
        try {
            FileStore store = Files.getFileStore(path);
            long total = store.getTotalSpace();
            String error = total > 0 ? null : "its volume tells no size";
            return new Volume(path, store.getUsableSpace(), total, error);
        } catch (NoSuchFileException missing) {
            return new Volume(path, 0, 0, "is not there");
        } catch (IOException | SecurityException failure) {
            return new Volume(path, 0, 0, failure.getClass().getSimpleName());
        }
    }

    private Status status(Volume volume) {
        if (volume.error() != null) {
            return Status.DOWN;
        }
        if (volume.free() >= enough || volume.freeShare() >= degradedBelow) {
            return Status.UP;
        }
        return volume.freeShare() < downBelow ? Status.DOWN : Status.DEGRADED;
    }

    private static String reason(Volume volume) {
        return volume.error() != null
                ? volume.path() + ": " + volume.error()
                : volume.path() + ": " + Text.percent(volume.freeShare()) + " free, " + Text.bytes(volume.free());
    }

    private static Object detail(Volume volume) {
        return volume.error() != null
                ? volume.error()
                : Map.of("freeBytes", volume.free(), "totalBytes", volume.total());
    }

    private static HealthResult measured(HealthResult result, List<Volume> volumes) {
        Volume fullest = null;
        for (Volume volume : volumes) {
            if (volume.error() == null && (fullest == null || volume.freeShare() < fullest.freeShare())) {
                fullest = volume;
            }
        }
        return fullest == null
                ? result
                : result.withMeasurement("disk.free", "By", (double) fullest.free())
                        .withMeasurement("disk.used.ratio", "1", 1 - fullest.freeShare());
    }
}
