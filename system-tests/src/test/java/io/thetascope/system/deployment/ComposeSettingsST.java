package io.thetascope.system.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Whatever the compose files and the images set for a service is a setting that this service, as packaged, reads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComposeSettingsST {
    private static final Path ROOT = Path.of(System.getProperty("thetascope.root"));
    private static final Pattern SETTING = Pattern.compile("\\b(THETASCOPE|QUARKUS|KAFKA)_[A-Z0-9_]+");
    private static final List<String> FILES = List.of("docker-compose.yml", "docker-compose.gpu.yml");

    /** Service of the compose files → what its module reads. */
    private final Map<String, KnownSettings> known = new TreeMap<>();

    @BeforeAll
    void readThePackagedServices() throws IOException {
        for (String service : List.of("gateway", "trainer", "analyzer", "perturbation")) {
            String module = service.equals("gateway") ? service : service + "-service";
            known.put(service, new KnownSettings(ROOT.resolve(module)));
        }
    }

    @Test
    void everyVariableOfAServiceIsOneThatItReads() throws IOException {
        Set<String> unknown = new TreeSet<>();
        for (String file : FILES) {
            known.forEach((service, settings) -> given(file, service).stream()
                    .filter(variable -> !settings.contain(variable))
                    .forEach(variable -> unknown.add(service + " " + variable)));
        }
        assertThat(unknown).isEmpty();
        assertThat(given("docker-compose.yml", "perturbation"))
                .contains("KAFKA_BOOTSTRAP_SERVERS", "THETASCOPE_STORE_SECRET_KEY");
    }

    @Test
    void everyVariableOfAnImageIsOneThatAServiceReads() throws IOException {
        Set<String> given = SETTING.matcher(Files.readString(ROOT.resolve("Dockerfile")))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(given).contains("THETASCOPE_TRAINER_DEVICE", "QUARKUS_HTTP_PORT");
        assertThat(given)
                .allMatch(variable -> known.values().stream().anyMatch(settings -> settings.contain(variable)));
    }

    @ParameterizedTest
    @CsvSource({
        "THETASCOPE_TRAINER_DEVICE, true", "THETASCOPE_TRAINER_DEVISE, false",
        "QUARKUS_HTTP_HOST, true", "QUARKUS_HTTP_HOSTS, false"
    })
    void aMisspelledVariableIsNotKnown(String variable, boolean there) {
        assertThat(known)
                .hasEntrySatisfying(
                        "trainer",
                        settings -> assertThat(settings.contain(variable)).isEqualTo(there));
    }

    /** Merge keys are part of the file, so they are resolved as Compose does. */
    private static Set<String> given(String file, String service) {
        try (Reader text = Files.newBufferedReader(ROOT.resolve(file))) {
            Map<?, ?> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            Map<?, ?> environment = at(at(at(root, "services"), service), "environment");
            return environment.keySet().stream()
                    .map(Object::toString)
                    .filter(name -> SETTING.matcher(name).matches())
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Map<?, ?> at(Map<?, ?> node, String key) {
        return node.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }
}
