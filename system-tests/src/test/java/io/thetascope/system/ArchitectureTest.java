package io.thetascope.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between modules, held on the compiled classes of all of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final Path ROOT = Path.of(System.getProperty("thetascope.root"));

    /** Module → the modules of ours that it may use. */
    private static final Map<String, List<String>> ARROWS = Map.ofEntries(
            Map.entry("contracts", List.of()),
            Map.entry("networks", List.of("contracts")),
            Map.entry("artifacts", List.of("contracts")),
            Map.entry("onnx", List.of("contracts", "networks", "artifacts")),
            Map.entry("measures", List.of("contracts", "networks")),
            Map.entry("messaging", List.of("contracts")),
            Map.entry("jobqueue", List.of("contracts", "messaging", "artifacts")),
            Map.entry("metrics", List.of("contracts", "messaging", "artifacts", "jobqueue")),
            Map.entry("launcher", List.of("contracts")),
            Map.entry("trainer", List.of("contracts", "networks", "artifacts", "messaging", "jobqueue", "metrics")),
            Map.entry(
                    "analyzer",
                    List.of(
                            "contracts",
                            "networks",
                            "artifacts",
                            "onnx",
                            "measures",
                            "messaging",
                            "jobqueue",
                            "metrics")),
            Map.entry("perturbation", List.of("contracts", "networks", "artifacts", "messaging", "metrics")),
            Map.entry(
                    "gateway",
                    List.of(
                            "contracts",
                            "networks",
                            "artifacts",
                            "onnx",
                            "measures",
                            "messaging",
                            "jobqueue",
                            "metrics")));

    private static final List<String> SERVICES = List.of("trainer", "analyzer", "perturbation", "gateway");

    private JavaClasses classes = new ClassFileImporter().importPaths(List.of());

    @BeforeAll
    void importEveryModule() throws Exception {
        List<Path> folders = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            modules.map(m -> m.resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .forEach(folders::add);
        }
        classes = new ClassFileImporter().importPaths(folders);
    }

    @Test
    void everyModuleIsLookedAt() {
        for (String module : ARROWS.keySet()) {
            assertThat(classes.stream().anyMatch(c -> c.getPackageName().startsWith("io.thetascope." + module)))
                    .as("classes of " + module)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleUsesOnlyTheModulesThatItMay(String module) {
        List<String> allowed = ARROWS.getOrDefault(module, List.of());
        String[] others = ARROWS.keySet().stream()
                .filter(other -> !other.equals(module) && !allowed.contains(other))
                .map(other -> "io.thetascope." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.thetascope." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(classes);
    }

    static Stream<String> modules() {
        return ARROWS.keySet().stream();
    }

    @Test
    void sharedModulesKnowNoFramework() {
        String[] services =
                SERVICES.stream().map(s -> "io.thetascope." + s + "..").toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("io.thetascope..")
                .and()
                .resideOutsideOfPackages(services)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", "org.eclipse.microprofile..")
                .check(classes);
    }

    @Test
    void numericsHaveNoClockAndNoHiddenRandomness() {
        noClasses()
                .that()
                .resideInAnyPackage("io.thetascope.measures..", "io.thetascope.networks..", "io.thetascope.contracts..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "org.slf4j..")
                .check(classes);
    }
}
