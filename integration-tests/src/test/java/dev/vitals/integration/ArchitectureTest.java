package dev.vitals.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.vitals.http.servlet.SeesHealth;
import dev.vitals.integration.bad.one.One;
import dev.vitals.integration.bad.two.Two;
import dev.vitals.scrubbing.SeesTheHttpSeam;
import dev.vitals.tracing.SeesMetrics;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows and manners of the published modules; and that each rule fails where it is broken. */
class ArchitectureTest {
    private static final JavaClasses PUBLISHED = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/examples/") && !location.contains("vitals-example"))
            .importPackages("dev.vitals");

    static final List<Modules> MODULES = Modules.ALL;

    static final List<ArchRule> MANNERS = List.of(
            Rules.NO_CYCLES_BETWEEN_PACKAGES,
            Rules.NO_STANDARD_STREAMS,
            Rules.NO_PRINTED_STACK_TRACES,
            Rules.NO_PUBLIC_MUTABLE_FIELDS);

    @ParameterizedTest
    @FieldSource("MODULES")
    void aModuleSeesOnlyWhatTheDesignAllows(Modules module) {
        Rules.arrowsOf(module).check(PUBLISHED);
    }

    @ParameterizedTest
    @FieldSource("MANNERS")
    void everyModuleHasManners(ArchRule rule) {
        rule.check(PUBLISHED);
    }

    @Test
    void everyPackageBelongsToAModule() {
        assertThat(PUBLISHED.stream().map(type -> type.getPackageName()).distinct())
                .containsExactlyInAnyOrderElementsOf(Modules.ALL.stream()
                        .flatMap(module -> module.packages().stream())
                        .toList());
    }

    @Test
    void theCulpritsOfThisTestAreNotTakenForPublished() {
        assertThat(PUBLISHED.stream().map(JavaClass::getName))
                .isNotEmpty()
                .doesNotContain(
                        SeesTheHttpSeam.class.getName(), SeesMetrics.class.getName(), SeesHealth.class.getName());
    }

    static Stream<Arguments> brokenRules() {
        return Stream.of(
                Arguments.of(Rules.arrowsOf(Modules.of("scrubbing")), List.of(SeesTheHttpSeam.class)),
                Arguments.of(Rules.arrowsOf(Modules.of("tracing")), List.of(SeesMetrics.class)),
                Arguments.of(Rules.arrowsOf(Modules.of("http-servlet")), List.of(SeesHealth.class)),
                Arguments.of(Rules.NO_CYCLES_BETWEEN_PACKAGES, List.of(One.class, Two.class)),
                Arguments.of(Rules.NO_STANDARD_STREAMS, List.of(One.class)),
                Arguments.of(Rules.NO_PRINTED_STACK_TRACES, List.of(One.class)),
                Arguments.of(Rules.NO_PUBLIC_MUTABLE_FIELDS, List.of(One.class)),
                Arguments.of(Rules.NO_PUBLIC_MUTABLE_FIELDS, List.of(Two.class)));
    }

    @ParameterizedTest
    @MethodSource("brokenRules")
    void aBrokenRuleIsSeen(ArchRule rule, List<Class<?>> culprits) {
        JavaClasses classes = new ClassFileImporter().importClasses(culprits);

        assertThatThrownBy(() -> rule.check(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(culprits.get(0).getSimpleName());
    }
}
