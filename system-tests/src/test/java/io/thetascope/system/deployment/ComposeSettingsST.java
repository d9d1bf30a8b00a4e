package io.thetascope.system.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Whatever the compose files and the images set for a service is a setting that this service, as packaged, reads. */
class ComposeSettingsST {
    private static final Path ROOT = Path.of(System.getProperty("thetascope.root"));
    private static final Pattern SETTING = Pattern.compile("\\b(THETASCOPE|QUARKUS|KAFKA)_[A-Z0-9_]+");
    private static final List<String> FILES = List.of("docker-compose.yml", "docker-compose.gpu.yml");

    @ParameterizedTest
    @CsvSource({
        "gateway, gateway",
        "trainer, trainer-service",
        "analyzer, analyzer-service",
        "perturbation, perturbation-service"
    })
    void everyVariableOfAServiceIsOneThatItReads(String service, String module) throws IOException {
        KnownSettings known = new KnownSettings(ROOT.resolve(module));
        Set<String> given = new TreeSet<>();
        for (String file : FILES) {
            given.addAll(settings(file, service));
        }
        assertThat(given).contains("KAFKA_BOOTSTRAP_SERVERS", "THETASCOPE_STORE_SECRET_KEY");
        assertThat(given).allMatch(known::contain);
    }

    @Test
    void everyVariableOfAnImageIsOneThatAServiceReads() throws IOException {
        List<KnownSettings> services = List.of(
                new KnownSettings(ROOT.resolve("gateway")),
                new KnownSettings(ROOT.resolve("trainer-service")),
                new KnownSettings(ROOT.resolve("analyzer-service")),
                new KnownSettings(ROOT.resolve("perturbation-service")));
        Set<String> given = SETTING.matcher(Files.readString(ROOT.resolve("Dockerfile")))
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(given).contains("THETASCOPE_TRAINER_DEVICE", "QUARKUS_HTTP_PORT");
        assertThat(given).allMatch(variable -> services.stream().anyMatch(known -> known.contain(variable)));
    }

    @Test
    void aMisspelledVariableIsNotKnown() throws IOException {
        KnownSettings known = new KnownSettings(ROOT.resolve("trainer-service"));
        assertThat(known.contain("THETASCOPE_TRAINER_DEVICE")).isTrue();
        assertThat(known.contain("THETASCOPE_TRAINER_DEVISE")).isFalse();
        assertThat(known.contain("QUARKUS_HTTP_HOST")).isTrue();
        assertThat(known.contain("QUARKUS_HTTP_HOSTS")).isFalse();
    }

    /** Merge keys are part of the file, so they are resolved as Compose does. */
    private static Set<String> settings(String file, String service) throws IOException {
        try (Reader text = Files.newBufferedReader(ROOT.resolve(file))) {
            Map<?, ?> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            Map<?, ?> environment = at(at(at(root, "services"), service), "environment");
            return environment.keySet().stream()
                    .map(Object::toString)
                    .filter(name -> SETTING.matcher(name).matches())
                    .collect(Collectors.toSet());
        }
    }

    private static Map<?, ?> at(Map<?, ?> node, String key) {
        return node.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }
}
