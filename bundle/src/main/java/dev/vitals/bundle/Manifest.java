package dev.vitals.bundle;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What exports wrote into a folder, by digest. Kept in the form of {@code sha256sum}, so that people can check it too.
 *
 * @param digests from the path of a file to its SHA-256 in hex
 */
record Manifest(Map<String, String> digests) {
    static final String NAME = ".vitals-export";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\S.*)");

    /** What earlier exports wrote there; empty where there was none. */
    static Manifest read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        Map<String, String> digests = new TreeMap<>();
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Manifest(digests);
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw foreign(file);
        }
        for (String line : Files.readAllLines(file)) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw foreign(file);
            }
            digests.put(parts.group(2), parts.group(1));
        }
        return new Manifest(digests);
    }

    private static IOException foreign(Path file) {
        return new FileAlreadyExistsException(
                file.toString(),
                null,
                "is not the list that an export keeps there; nothing was written: restore or remove it");
    }

    boolean wrote(String file, byte[] content) {
        return digest(content).equals(digests.get(file));
    }

    Manifest with(Map<String, byte[]> contents) {
        Map<String, String> more = new TreeMap<>(digests);
        contents.forEach((file, content) -> more.put(file, digest(content)));
        return new Manifest(more);
    }

    String text() {
        return digests.entrySet().stream()
                .map(entry -> entry.getValue() + "  " + entry.getKey() + "\n")
                .collect(Collectors.joining());
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every JDK has SHA-256", never);
        }
    }
}
