package dev.vitals.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What a module declares as its dependencies is enough to compile an application's module against it. The modules are
 * those whose dependencies of others have none of their own.
 */
class ModularApplicationTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "scrubbing, dev.vitals.scrubbing, dev.vitals.scrubbing.Scrubber.standard().scrub(\"\")",
        "http, dev.vitals.http, 'dev.vitals.http.Response.text(200, \"\")'",
        "health-core, dev.vitals.health, dev.vitals.health.HealthMonitor.builder().start()",
        "health-jdbc, dev.vitals.health.jdbc, dev.vitals.health.jdbc.JdbcCheck.of(null)",
        "metrics, dev.vitals.metrics, dev.vitals.metrics.MetricCatalogue.all()"
    })
    void itsModuleCompilesWithTheRuntimeDependenciesAlone(String module, String name, String use) throws Exception {
        Path descriptor =
                Files.writeString(folder.resolve("module-info.java"), "module application { requires " + name + "; }");
        Path application = Files.createDirectory(folder.resolve("application"));
        Path source = Files.writeString(
                application.resolve("Application.java"),
                "package application; class Application { Object use() { return " + use + "; } }");
        Set<String> artifacts = new HashSet<>(Set.of("vitals-" + module));
        addRuntimeDependencies(module, artifacts);
        String modulePath = artifacts.stream()
                .map(ModularApplicationTest::onTheClassPath)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));

        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var output = new StringWriter();
        boolean compiled = compiler.getTask(
                        output,
                        null,
                        null,
                        List.of("-proc:none", "--module-path", modulePath, "-d", folder.toString()),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(descriptor, source))
                .call();

        assertThat(compiled).as("with %s: %s", artifacts, output).isTrue();
    }

    /** From the poms of the module, of its parent and of the Vitals modules it depends on. */
    private static void addRuntimeDependencies(String module, Set<String> artifacts) throws Exception {
        for (Path pom : List.of(Path.of("../pom.xml"), Path.of("..", module, "pom.xml"))) {
            Element project = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getDocumentElement();
            for (Element dependency : children(children(project, "dependencies"), "dependency")) {
                String artifact = text(dependency, "artifactId");
                boolean comesAlong = Set.of("", "compile", "runtime").contains(text(dependency, "scope"))
                        && !text(dependency, "optional").equals("true");
                if (comesAlong && artifacts.add(artifact) && artifact.startsWith("vitals-")) {
                    addRuntimeDependencies(artifact.substring("vitals-".length()), artifacts);
                }
            }
        }
    }

    private static Path onTheClassPath(String artifact) {
        String built = Path.of(artifact.replaceFirst("^vitals-", ""), "target").toString();
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().matches(artifact + "-[0-9][^/]*\\.jar")
                        || path.endsWith(Path.of(built, "classes")))
                .findFirst()
                .orElseThrow(() -> new AssertionError(artifact + " is not on the class path"));
    }

    private static List<Element> children(List<Element> parents, String name) {
        return parents.stream()
                .flatMap(parent -> children(parent, name).stream())
                .toList();
    }

    private static List<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1)
                .map(nodes::item)
                .filter(node -> node instanceof Element && node.getNodeName().equals(name))
                .map(Element.class::cast)
                .toList();
    }

    private static String text(Element parent, String name) {
        return children(parent, name).stream()
                .map(Element::getTextContent)
                .map(String::strip)
                .findFirst()
                .orElse("");
    }
}
