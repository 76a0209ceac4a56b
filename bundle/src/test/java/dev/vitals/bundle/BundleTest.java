package dev.vitals.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    private static final String RULES = "prometheus/vitals.rules.yml";

    @TempDir
    private Path temporary;

    @Test
    void theListNamesEveryResource() throws IOException {
        Path resources = Path.of("src/main/resources/META-INF/vitals");
        try (Stream<Path> files = Files.walk(resources)) {
            assertThat(Bundle.files())
                    .containsExactlyElementsOf(files.filter(Files::isRegularFile)
                            .map(file -> resources.relativize(file).toString().replace('\\', '/'))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void aFileThatIsNotInTheBundleIsRefusedByName() {
        assertThatThrownBy(() -> Bundle.read("../../secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("../../secret");
    }

    @Test
    void anExportMakesFoldersAndTellsWhatItWrote() throws IOException {
        Path folder = temporary.resolve("not/there/yet");

        List<Path> written = Bundle.exportTo(folder);

        assertThat(written)
                .containsExactlyElementsOf(
                        Bundle.files().stream().map(folder::resolve).toList());
        for (String file : Bundle.files()) {
            assertThat(folder.resolve(file)).hasBinaryContent(Bundle.read(file));
        }
    }

    @Test
    void aSecondExportHasNothingToWrite() throws IOException {
        Bundle.exportTo(temporary);
        Map<String, byte[]> before = tree();

        assertThat(Bundle.exportTo(temporary)).isEmpty();
        assertThat(tree()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void whatAnEarlierVersionWroteIsBroughtUpToDate() throws IOException {
        Export.write(temporary, Map.of(RULES, bytes("the rules of an earlier version")));

        assertThat(Bundle.exportTo(temporary)).contains(temporary.resolve(RULES));
        assertThat(temporary.resolve(RULES)).hasBinaryContent(Bundle.read(RULES));
    }

    @Test
    void aFileThatWasRemovedIsWrittenAgain() throws IOException {
        Bundle.exportTo(temporary);
        Files.delete(temporary.resolve(RULES));

        assertThat(Bundle.exportTo(temporary)).containsExactly(temporary.resolve(RULES));
    }

    @Test
    void aFileOfSomebodyElseStopsTheWholeExport() throws IOException {
        Files.createDirectories(temporary.resolve("prometheus"));
        Files.writeString(temporary.resolve(RULES), "mine");

        assertNothingIsWritten(RULES);
    }

    @Test
    void aFileThatWasChangedByHandStopsTheWholeExport() throws IOException {
        Export.write(temporary, Map.of(RULES, bytes("the rules of an earlier version")));
        Files.writeString(temporary.resolve(RULES), "the rules of an earlier version, and a line of mine");

        assertNothingIsWritten(RULES);
    }

    @Test
    void aFolderAFileOrALinkInTheWayStopsTheWholeExport() throws IOException {
        Path outside = Files.writeString(temporary.resolve("outside"), "mine");
        Files.createDirectories(temporary.resolve("prometheus"));
        Files.createSymbolicLink(temporary.resolve(RULES), outside);
        assertNothingIsWritten(RULES);

        Files.delete(temporary.resolve(RULES));
        Files.createDirectory(temporary.resolve(RULES));
        assertNothingIsWritten(RULES);

        Files.delete(temporary.resolve(RULES));
        Files.delete(temporary.resolve("prometheus"));
        Files.writeString(temporary.resolve("prometheus"), "mine");
        assertNothingIsWritten(RULES);
    }

    @Test
    void aFileIsNoFolderToExportInto() throws IOException {
        Path file = Files.writeString(temporary.resolve("file"), "mine");

        assertThatThrownBy(() -> Bundle.exportTo(file))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("is a file");
        assertThat(file).hasContent("mine");
    }

    @Test
    void aListThatNoExportWroteStopsTheWholeExport() throws IOException {
        Files.writeString(temporary.resolve(Manifest.NAME), "shopping: milk\n");

        assertNothingIsWritten(Manifest.NAME);
    }

    private void assertNothingIsWritten(String culprit) throws IOException {
        Map<String, byte[]> before = tree();

        assertThatThrownBy(() -> Bundle.exportTo(temporary))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining(culprit)
                .hasMessageContaining("nothing was written");
        assertThat(tree()).usingRecursiveComparison().isEqualTo(before);
    }

    private Map<String, byte[]> tree() throws IOException {
        Map<String, byte[]> tree = new TreeMap<>();
        try (Stream<Path> files = Files.walk(temporary)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                tree.put(temporary.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return tree;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
