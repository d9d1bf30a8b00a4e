package io.thetascope.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainerConfigTest {
    private static final Map<String, String> REQUIRED =
            Map.of("thetascope.store.access-key", "user", "thetascope.store.secret-key", "password");

    @Test
    void hasDefaultsForAllButTheStoresCredentials() {
        TrainerConfig config = read(REQUIRED);
        assertThat(config.trainer().device()).isEqualTo("auto");
        assertThat(config.trainer().cacheDir()).isEqualTo(Path.of(tmp(), "thetascope-cache"));
        assertThat(config.trainer().worker()).isEmpty();
        assertThat(config.trainer().leaveWhenIdle()).isEmpty();
        assertThat(config.trainer().resumeEvery()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.store().endpoint()).isEqualTo(URI.create("http://localhost:9000"));
        assertThat(config.store().bucket()).isEqualTo("thetascope");
        assertThat(config.topics().create()).isTrue();
        assertThat(config.parentPid()).isEmpty();
    }

    @Test
    void readsEveryKey() {
        Map<String, String> all = new HashMap<>(REQUIRED);
        all.put("thetascope.trainer.device", "cuda:1");
        all.put("thetascope.trainer.cache-dir", "/cache");
        all.put("thetascope.trainer.worker", "w-1");
        all.put("thetascope.trainer.resume-every", "5m");
        all.put("thetascope.trainer.leave-when-idle", "90s");
        all.put("thetascope.store.endpoint", "https://s3.example:1234");
        all.put("thetascope.store.bucket", "b");
        all.put("thetascope.topics.create", "false");
        all.put("thetascope.parent-pid", "4711");
        TrainerConfig config = read(all);
        assertThat(config.trainer().device()).isEqualTo("cuda:1");
        assertThat(config.trainer().cacheDir()).isEqualTo(Path.of("/cache"));
        assertThat(config.trainer().worker()).contains("w-1");
        assertThat(config.trainer().resumeEvery()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.trainer().leaveWhenIdle()).contains(Duration.ofSeconds(90));
        assertThat(config.store().endpoint()).isEqualTo(URI.create("https://s3.example:1234"));
        assertThat(config.store().accessKey()).isEqualTo("user");
        assertThat(config.store().secretKey()).isEqualTo("password");
        assertThat(config.store().bucket()).isEqualTo("b");
        assertThat(config.topics().create()).isFalse();
        assertThat(config.parentPid()).hasValue(4711);
    }

    private static String tmp() {
        return System.getProperty("java.io.tmpdir", "");
    }

    private static TrainerConfig read(Map<String, String> keys) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(keys, "test", 500))
                .withSources(new PropertiesConfigSource(Map.of("java.io.tmpdir", tmp()), "jvm", 100))
                .withMapping(TrainerConfig.class)
                .build()
                .getConfigMapping(TrainerConfig.class);
    }
}
