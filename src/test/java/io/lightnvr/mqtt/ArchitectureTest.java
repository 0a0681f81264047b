package io.lightnvr.mqtt;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the table of who may import whom on the compiled classes; RATIONALE.md draws it. The root and each sub-package count as
 * packages of their own.
 */
class ArchitectureTest {

    private static final String ROOT = "io.lightnvr.mqtt";
    private static final String MAIN = "";

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("config", Set.of("event")),
            Map.entry("event", Set.of()),
            Map.entry("json", Set.of()),
            Map.entry("broker", Set.of()),
            Map.entry("broker.tls", Set.of("broker")),
            Map.entry("broker.paho", Set.of("broker", "broker.tls")),
            Map.entry("supervisor", Set.of("json", "broker")),
            Map.entry("status", Set.of("json", "event")),
            Map.entry("control", Set.of("json", "event")),
            Map.entry("source", Set.of("event", "control")),
            Map.entry("source.lightnvr", Set.of("json", "source", "event", "control")),
            Map.entry("publish", Set.of("json", "event", "broker", "visit", "control")),
            Map.entry("state", Set.of("json", "event")),
            Map.entry("visit", Set.of("event")),
            Map.entry("web", Set.of("json", "event", "status")),
            Map.entry("discovery", Set.of("json", "event", "publish", "broker", "control")),
            Map.entry("store", Set.of("event", "publish", "source")),
            Map.entry("intake", Set.of("event", "source", "publish", "visit", "control", "store", "status", "broker")),
            Map.entry(
                    "delivery",
                    Set.of(
                            "event",
                            "source",
                            "broker",
                            "publish",
                            "visit",
                            "control",
                            "state",
                            "discovery",
                            "store",
                            "status")));

    /** They tie the others together, so that only what they may not use is listed. */
    private static final Map<String, Set<String>> MAY_NOT_USE = Map.ofEntries(
            Map.entry("bridge", Set.of(MAIN, "cli", "check", "demo", "demo.recorder", "demo.scene")),
            Map.entry("check", Set.of(MAIN, "cli", "demo", "demo.recorder", "demo.scene")),
            Map.entry("demo.recorder", Set.of(MAIN, "cli", "check", "demo", "demo.scene")),
            Map.entry("demo.scene", Set.of(MAIN, "cli", "check", "demo")),
            Map.entry("demo", Set.of(MAIN, "cli", "check")),
            Map.entry("cli", Set.of(MAIN)),
            Map.entry(MAIN, Set.of("demo")));

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void packagesUseOnlyWhatTheTableAllows() {
        MAY_USE.forEach((name, allowed) ->
                assertThat(allowed).as("what %s may use", name).containsAll(usedBy(name)));
    }

    @Test
    void packagesThatTieOthersTogetherAreUsedByNoneOfThem() {
        MAY_NOT_USE.forEach((name, forbidden) ->
                assertThat(usedBy(name)).as("what %s uses", name).doesNotContainAnyElementsOf(forbidden));
    }

    @Test
    void theTablesNameEveryPackage() {
        Set<String> named = new HashSet<>(MAY_USE.keySet());
        named.addAll(MAY_NOT_USE.keySet());

        assertThat(classes.stream().map(ArchitectureTest::name).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void intakeKnowsOfTheBrokerOnlyTheBackOffAndWhatHearingNeeds() {
        assertThat(classes.stream()
                        .filter(type -> name(type).equals("intake"))
                        .filter(type -> targets(type)
                                .anyMatch(target -> name(target).equals("broker")
                                        && !target.getSimpleName().equals("Backoff")))
                        .map(type -> type.getName().replaceAll(".*\\.|\\$.*", ""))
                        .distinct())
                .containsExactlyInAnyOrder("Hearing", "Intake");
    }

    @Test
    void onlyOnePackageKnowsPaho() {
        assertThat(packagesThatKnow("org.eclipse.paho")).containsExactly("broker.paho");
    }

    @Test
    void onlyTheDemoKnowsItsBroker() {
        assertThat(packagesThatKnow("org.apache.activemq")).containsExactly("demo");
    }

    @Test
    void onlyTheCommandsKnowPicocli() {
        assertThat(packagesThatKnow("picocli")).containsOnly(MAIN, "cli");
    }

    @Test
    void onlyThePageAndTheSimulatedRecorderKnowAnHttpServer() {
        assertThat(packagesThatKnow("com.sun.net.httpserver")).containsExactlyInAnyOrder("web", "demo.recorder");
    }

    @Test
    void noPackageIsPartOfACycle() {
        slices().assignedFrom(new EachPackage()).should().beFreeOfCycles().check(classes);
    }

    private Set<String> usedBy(String name) {
        return targets(name)
                .map(ArchitectureTest::name)
                .filter(used -> !used.equals(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<JavaClass> targets(String name) {
        return classes.stream().filter(type -> name(type).equals(name)).flatMap(ArchitectureTest::targets);
    }

    private static Stream<JavaClass> targets(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(target -> target.getPackageName().startsWith(ROOT));
    }

    private Set<String> packagesThatKnow(String library) {
        return classes.stream()
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith(library)))
                .map(ArchitectureTest::name)
                .collect(Collectors.toSet());
    }

    /** The package below the root, such as {@code broker.paho}; {@link #MAIN} for the root itself. */
    private static String name(JavaClass type) {
        String below = type.getPackageName().substring(ROOT.length());
        return below.isEmpty() ? MAIN : below.substring(1);
    }

    private static final class EachPackage implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith(ROOT)
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "each package";
        }
    }
}
