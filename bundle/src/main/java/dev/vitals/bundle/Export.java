package dev.vitals.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Writes files into a folder, but only over its own: first it looks at all of them, then it writes. */
final class Export {
    private enum Found {
        NOTHING_OR_OURS,
        UP_TO_DATE,
        IN_THE_WAY
    }

    private Export() {}

    static List<Path> write(Path folder, Map<String, byte[]> contents) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new FileAlreadyExistsException(folder.toString(), null, "is a file: name a folder to export into");
        }
        Manifest before = Manifest.read(folder);
        List<String> inTheWay = new ArrayList<>();
        Map<String, byte[]> outdated = new TreeMap<>();
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            switch (look(folder, file.getKey(), file.getValue(), before)) {
                case NOTHING_OR_OURS -> outdated.put(file.getKey(), file.getValue());
                case IN_THE_WAY -> inTheWay.add(file.getKey());
                case UP_TO_DATE -> {}
            }
        }
        if (!inTheWay.isEmpty()) {
            throw new FileAlreadyExistsException(
                    folder.toString(),
                    null,
                    "not written by an export, or changed since: " + String.join(", ", inTheWay)
                            + "; nothing was written: move what is in the way, or export into another folder");
        }
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : outdated.entrySet()) {
            written.add(replace(folder.resolve(file.getKey()), file.getValue()));
        }
        Manifest after = before.with(contents);
        if (!after.equals(before)) {
            replace(folder.resolve(Manifest.NAME), after.text().getBytes(UTF_8));
        }
        return List.copyOf(written);
    }

    private static Found look(Path folder, String file, byte[] content, Manifest before) throws IOException {
        Path target = folder.resolve(file);
        for (Path above = target.getParent(); above != null && !above.equals(folder); above = above.getParent()) {
            if (Files.exists(above) && !Files.isDirectory(above)) {
                return Found.IN_THE_WAY;
            }
        }
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return Found.NOTHING_OR_OURS;
        }
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            return Found.IN_THE_WAY;
        }
        byte[] there = Files.readAllBytes(target);
        if (Arrays.equals(there, content)) {
            return Found.UP_TO_DATE;
        }
        return before.wrote(file, there) ? Found.NOTHING_OR_OURS : Found.IN_THE_WAY;
    }

    /** Beside the target, then moved onto it: whoever reads the target meanwhile sees the old or the new, whole. */
    private static Path replace(Path target, byte[] content) throws IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        Path fresh = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
        try {
            Files.write(fresh, content, StandardOpenOption.CREATE_NEW);
            return Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
