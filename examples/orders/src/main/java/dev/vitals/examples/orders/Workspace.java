package dev.vitals.examples.orders;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A temporary folder that holds all that the embedded servers need, their programs too: so a process belongs to this
 * demo exactly if its program lies in here, whoever forked it.
 */
final class Workspace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workspace.class);
    private static final long NEEDED_BYTES = 300L << 20;

    private final Path root;

    private Workspace(Path root) {
        this.root = root;
    }

    static Workspace create() throws BadInput {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        String remedy =
                ": free some, set TMPDIR to a folder with room and run again, or give --jdbc-url and --redis-uri";
        try {
            if (Files.getFileStore(parent).getUsableSpace() < NEEDED_BYTES) {
                throw new BadInput("no room for the embedded servers: they need " + (NEEDED_BYTES >> 20) + " MB in "
                        + parent + remedy);
            }
            return new Workspace(
                    Files.createTempDirectory(parent, "vitals-orders-").toRealPath());
        } catch (IOException failed) {
            throw new BadInput("no place for the embedded servers in " + parent + " (" + failed + ")" + remedy);
        }
    }

    Path directory(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    /** Every process whose program lies in one of this workspace's directories. */
    List<ProcessHandle> processesOf(String directory) {
        Path programs = root.resolve(directory);
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(command -> Path.of(command).startsWith(programs))
                        .isPresent())
                .toList();
    }

    /** Ends what still runs, and removes all files. */
    @Override
    public void close() {
        for (int attempt = 0; attempt < 50; attempt++) {
            List<ProcessHandle> left = processesOf("");
            left.forEach(ProcessHandle::destroyForcibly);
            if (left.isEmpty() && deleted()) {
                return;
            }
            if (!Pause.millis(100)) {
                break;
            }
        }
        LOG.warn("could not remove {}: please do", root);
    }

    private boolean deleted() {
        try {
            Files.walkFileTree(root, new Remover());
            return true;
        } catch (NoSuchFileException gone) {
            return !Files.exists(root);
        } catch (IOException inUse) {
            return false;
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
