package io.lightnvr.mqtt;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the table of who may import whom; RATIONALE.md draws it. */
class ArchitectureTest {

    private static final String ROOT = "io.lightnvr.mqtt";

    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "config", Set.of(),
            "event", Set.of(),
            "broker", Set.of(),
            "supervisor", Set.of("broker"),
            "status", Set.of(),
            "source", Set.of("event"),
            "publish", Set.of("event", "broker"),
            "state", Set.of("event"),
            "store", Set.of("event", "publish", "source", "discovery"),
            "discovery", Set.of("event", "publish", "broker"));

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void packagesUseOnlyWhatTheTableAllows() {
        MAY_USE.forEach((name, allowed) -> {
            Set<String> used = classes.stream()
                    .filter(type -> feature(type).equals(name))
                    .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .map(ArchitectureTest::feature)
                    .filter(feature -> !feature.equals(name))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(allowed).as("what %s may use", name).containsAll(used);
        });
    }

    @Test
    void theTableNamesEveryPackageButTheRootTheDemoAndTheDoctor() {
        Set<String> features = classes.stream().map(ArchitectureTest::feature).collect(Collectors.toSet());
        features.removeAll(Set.of("", "demo", "check"));

        assertThat(MAY_USE.keySet()).containsExactlyInAnyOrderElementsOf(features);
    }

    @Test
    void onlyOnePackageKnowsPaho() {
        assertThat(classes.stream()
                        .filter(type -> type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(dependency -> dependency
                                        .getTargetClass()
                                        .getPackageName()
                                        .startsWith("org.eclipse.paho")))
                        .map(JavaClass::getPackageName))
                .isNotEmpty()
                .containsOnly(ROOT + ".broker.paho");
    }

    @Test
    void onlyTheDemoKnowsItsBroker() {
        assertThat(classes.stream()
                        .filter(type -> type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(dependency -> dependency
                                        .getTargetClass()
                                        .getPackageName()
                                        .startsWith("org.apache.activemq")))
                        .map(ArchitectureTest::feature))
                .isNotEmpty()
                .containsOnly("demo");
    }

    @Test
    void noFeatureIsPartOfACycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(classes);
    }

    /** The first package below the root, {@code ""} for the root itself. */
    private static String feature(JavaClass type) {
        String below = type.getPackageName().substring(ROOT.length());
        return below.isEmpty() ? "" : below.substring(1).split("\\.")[0];
    }
}
