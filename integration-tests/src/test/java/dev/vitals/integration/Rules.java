package dev.vitals.integration;

import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashSet;
import java.util.Set;

/** What holds for every published module. */
final class Rules {
    /** What everybody may see: the JDK, and annotations that nobody needs at run time. */
    private static final Set<String> ALWAYS = Set.of("java", "javax.net", "javax.sql", "org.jspecify");

    static final ArchRule NO_CYCLES_BETWEEN_PACKAGES =
            slices().matching("dev.vitals.(**)").should().beFreeOfCycles();

    static final ArchRule NO_STANDARD_STREAMS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.vitals.cli.Main")
            .should()
            .accessTargetWhere(DescribedPredicate.describe("is System.out or System.err", Rules::isStandardStream))
            .because("a library writes to the application's log, never to its console; a command line does");

    static final ArchRule NO_PRINTED_STACK_TRACES = noClasses()
            .should()
            .accessTargetWhere(DescribedPredicate.describe("is printStackTrace", Rules::isPrintedStackTrace))
            .because("what it prints passes no scrubber");

    static final ArchRule NO_PUBLIC_MUTABLE_FIELDS = fields().that()
            .arePublic()
            .should()
            .haveModifier(FINAL)
            .andShould()
            .notHaveRawType(DescribedPredicate.describe("an array", JavaClass::isArray))
            .allowEmptyShould(true);

    private Rules() {}

    /** A module sees what the design allows it to, and nothing else. */
    static ArchRule arrowsOf(Modules module) {
        Set<String> prefixes = new HashSet<>(ALWAYS);
        prefixes.addAll(module.outside());
        Set<String> exact = new HashSet<>(module.sees());
        exact.addAll(module.packages());
        return classes()
                .that()
                .resideInAnyPackage(module.packages().toArray(String[]::new))
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.describe(
                        "are in " + exact + " or under " + prefixes, target -> isAllowed(target, exact, prefixes)))
                .as(module.folder() + " sees only what the design allows");
    }

    private static boolean isAllowed(JavaClass target, Set<String> exact, Set<String> prefixes) {
        String pkg = target.getBaseComponentType().getPackageName();
        return pkg.isEmpty()
                || exact.contains(pkg)
                || prefixes.stream().anyMatch(prefix -> pkg.equals(prefix) || pkg.startsWith(prefix + "."));
    }

    private static boolean isStandardStream(JavaAccess<?> access) {
        return access.getTargetOwner().isEquivalentTo(System.class)
                && Set.of("out", "err").contains(access.getTarget().getName());
    }

    private static boolean isPrintedStackTrace(JavaAccess<?> access) {
        return access.getTargetOwner().isAssignableTo(Throwable.class)
                && access.getTarget().getName().equals("printStackTrace");
    }
}
