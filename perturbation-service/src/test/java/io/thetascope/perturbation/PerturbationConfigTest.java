package io.thetascope.perturbation;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PerturbationConfigTest {
    @Test
    void onlyTheStoresKeysHaveNoDefault() {
        // When
        PerturbationConfig config = read(Map.of(
                "thetascope.store.access-key",
                "user",
                "thetascope.store.secret-key",
                "password",
                "java.io.tmpdir",
                "/t"));
        // Then
        assertThat(config.store().endpoint()).isEqualTo(URI.create("http://localhost:9000"));
        assertThat(config.store().bucket()).isEqualTo("thetascope");
        assertThat(config.topics().create()).isTrue();
        assertThat(config.parentPid()).isEmpty();
        assertThat(config.perturbation().workDir()).isEqualTo(Path.of("/t/thetascope-perturbation"));
    }

    @Test
    void everyKeyIsRead() {
        // When
        PerturbationConfig config = read(Map.of(
                "thetascope.store.endpoint", "https://s3.example.org",
                "thetascope.store.access-key", "user",
                "thetascope.store.secret-key", "password",
                "thetascope.store.bucket", "other",
                "thetascope.topics.create", "false",
                "thetascope.parent-pid", "42",
                "thetascope.perturbation.work-dir", "/scratch"));
        // Then
        assertThat(config.store().endpoint()).isEqualTo(URI.create("https://s3.example.org"));
        assertThat(config.store().accessKey()).isEqualTo("user");
        assertThat(config.store().secretKey()).isEqualTo("password");
        assertThat(config.store().bucket()).isEqualTo("other");
        assertThat(config.topics().create()).isFalse();
        assertThat(config.parentPid()).hasValue(42);
        assertThat(config.perturbation().workDir()).isEqualTo(Path.of("/scratch"));
    }

    private static PerturbationConfig read(Map<String, String> properties) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(PerturbationConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
        return config.getConfigMapping(PerturbationConfig.class);
    }
}
