package dev.vitals.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Each published module is one Java module that exports its packages and reads no more than the design allows. */
class ModuleDescriptorTest {
    static final List<Modules> MODULES = Modules.ALL;

    private static final Map<String, ModuleDescriptor> DESCRIPTORS = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .filter(path -> path.toString().contains("vitals") || Files.exists(path.resolve("module-info.class")))
            .filter(Files::exists)
            .flatMap(path -> ModuleFinder.of(path).findAll().stream())
            .map(ModuleReference::descriptor)
            .filter(descriptor -> descriptor.name().startsWith("dev.vitals."))
            .collect(Collectors.toMap(ModuleDescriptor::name, descriptor -> descriptor, (one, same) -> one));

    @ParameterizedTest
    @FieldSource("MODULES")
    void aModuleExportsItsPackages(Modules module) {
        ModuleDescriptor descriptor = DESCRIPTORS.get(module.pkg());

        assertThat(descriptor).as("a module-info in " + module.folder()).isNotNull();
        assertThat(descriptor.isAutomatic()).isFalse();
        assertThat(descriptor.exports())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactlyInAnyOrderElementsOf(module.packages());
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    void aModuleReadsNoMoreThanTheDesignAllows(Modules module) {
        Set<String> vitals = DESCRIPTORS.get(module.pkg()).requires().stream()
                .map(ModuleDescriptor.Requires::name)
                .filter(name -> name.startsWith("dev.vitals."))
                .collect(Collectors.toSet());

        assertThat(module.sees()).containsAll(vitals);
    }
}
