package io.thetascope.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnalyzerConfigTest {
    private static AnalyzerConfig read(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("java.io.tmpdir", "tmp");
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(AnalyzerConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(AnalyzerConfig.class);
    }

    @Test
    void hasDefaultsForAllButTheKeysOfTheStore() {
        // When
        AnalyzerConfig config = read(Map.of("thetascope.store.access-key", "a", "thetascope.store.secret-key", "s"));

        // Then
        assertThat(config.store().endpoint()).isEqualTo(URI.create("http://localhost:9000"));
        assertThat(config.store().bucket()).isEqualTo("thetascope");
        assertThat(config.topics().create()).isTrue();
        assertThat(config.analyzer().cacheDir()).isEqualTo(Path.of("tmp/thetascope-analyzer"));
        assertThat(config.analyzer().cacheBytes()).isEqualTo(2L << 30);
        assertThat(config.analyzer().device()).isEqualTo("cpu");
        assertThat(config.analyzer().worker()).isEmpty();
        assertThat(config.parentPid()).isEmpty();
    }

    @Test
    void readsEveryKey() {
        // When
        AnalyzerConfig config = read(Map.ofEntries(
                Map.entry("thetascope.store.endpoint", "http://store:1"),
                Map.entry("thetascope.store.access-key", "a"),
                Map.entry("thetascope.store.secret-key", "s"),
                Map.entry("thetascope.store.bucket", "b"),
                Map.entry("thetascope.topics.create", "false"),
                Map.entry("thetascope.analyzer.cache-dir", "/c"),
                Map.entry("thetascope.analyzer.cache-bytes", "5"),
                Map.entry("thetascope.analyzer.device", "cuda:1"),
                Map.entry("thetascope.analyzer.worker", "w"),
                Map.entry("thetascope.parent-pid", "12")));

        // Then
        assertThat(config.store().endpoint()).isEqualTo(URI.create("http://store:1"));
        assertThat(config.store().accessKey()).isEqualTo("a");
        assertThat(config.store().secretKey()).isEqualTo("s");
        assertThat(config.store().bucket()).isEqualTo("b");
        assertThat(config.topics().create()).isFalse();
        assertThat(config.analyzer().cacheDir()).isEqualTo(Path.of("/c"));
        assertThat(config.analyzer().cacheBytes()).isEqualTo(5);
        assertThat(config.analyzer().device()).isEqualTo("cuda:1");
        assertThat(config.analyzer().worker()).contains("w");
        assertThat(config.parentPid()).hasValue(12);
    }
}
