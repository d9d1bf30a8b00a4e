package io.thetascope.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewaySettingsTest {
    private static GatewaySettings settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(GatewaySettings.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(GatewaySettings.class);
    }

    @Test
    void hasDefaultsForALaptop() {
        GatewaySettings settings = settings(Map.of());
        assertThat(settings.dataDir()).isEmpty();
        assertThat(settings.cacheDir()).isEqualTo(Path.of(".thetascope/cache"));
        assertThat(settings.download()).isTrue();
        assertThat(settings.queuedBaseRuns()).isEqualTo(64);
        assertThat(settings.parentPid()).isEmpty();
        assertThat(settings.store().endpoint()).hasToString("http://localhost:9000");
        assertThat(settings.store().bucket()).isEqualTo("thetascope");
        assertThat(settings.topics().create()).isTrue();
    }

    @Test
    void takesEveryKey() {
        GatewaySettings settings = settings(Map.of(
                "thetascope.data-dir", "/data",
                "thetascope.cache-dir", "/cache",
                "thetascope.download", "false",
                "thetascope.queued-base-runs", "8",
                "thetascope.parent-pid", "42",
                "thetascope.store.endpoint", "http://s3:1",
                "thetascope.store.access-key", "a",
                "thetascope.store.secret-key", "b",
                "thetascope.store.bucket", "c",
                "thetascope.topics.create", "false"));
        assertThat(settings.dataDir()).contains(Path.of("/data"));
        assertThat(settings.cacheDir()).isEqualTo(Path.of("/cache"));
        assertThat(settings.download()).isFalse();
        assertThat(settings.queuedBaseRuns()).isEqualTo(8);
        assertThat(settings.parentPid()).hasValue(42);
        assertThat(settings.store().endpoint()).hasToString("http://s3:1");
        assertThat(settings.store().accessKey()).isEqualTo("a");
        assertThat(settings.store().secretKey()).isEqualTo("b");
        assertThat(settings.store().bucket()).isEqualTo("c");
        assertThat(settings.topics().create()).isFalse();
    }
}
