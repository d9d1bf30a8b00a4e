package io.thetascope.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The readers of environments that the rehearsals rely on. */
class EnvironmentsTest {
    @TempDir
    Path folder;

    @Test
    void composeMergesAndInterpolates() throws IOException {
        Path file = Files.writeString(folder.resolve("compose.yml"), """
                x-settings: &settings
                  BROKER: kafka:9092
                  SECRET: ${SECRET:?set it}
                services:
                  gateway:
                    environment:
                      <<: *settings
                      PORT: 80
                      HOME_OF: "${HOME_OF:-/data}/x"
                """);
        assertThat(ComposeFile.read(file, Map.of("SECRET", "s")).environment("gateway"))
                .isEqualTo(Map.of("BROKER", "kafka:9092", "SECRET", "s", "PORT", "80", "HOME_OF", "/data/x"));
        assertThatThrownBy(() -> ComposeFile.read(file, Map.of()).environment("gateway"))
                .hasMessage("SECRET: set it");
    }

    @Test
    void whatComposeWouldReadOtherwiseIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("compose.yml"), """
                services:
                  a: {environment: {X: "$X"}}
                  b: {environment: ["X=1"]}
                """);
        ComposeFile compose = ComposeFile.read(file, Map.of("X", "1"));
        assertThatThrownBy(() -> compose.environment("a")).hasMessageContaining("$X");
        assertThatThrownBy(() -> compose.environment("b")).hasMessageContaining("not a mapping");
    }

    @Test
    void manifestsRefertoConfigMapsAndSecrets() throws IOException {
        Path file = Files.writeString(folder.resolve("manifests.yaml"), """
                kind: ConfigMap
                metadata: {name: settings-1}
                data: {BROKER: "kafka:9092", LEVEL: low}
                ---
                kind: Secret
                metadata: {name: token}
                data: {key: c2VjcmV0}
                ---
                kind: Deployment
                metadata: {name: gateway}
                spec:
                  template:
                    spec:
                      containers:
                        - envFrom: [{configMapRef: {name: settings-1}}]
                          env:
                            - {name: LEVEL, value: high}
                            - {name: TOKEN, valueFrom: {secretKeyRef: {name: token, key: key}}}
                            - {name: PASSWORD, valueFrom: {secretKeyRef: {name: store, key: password}}}
                """);
        assertThat(RenderedManifests.read(file, Map.of("store", Map.of("password", "p")))
                        .environment("gateway"))
                .isEqualTo(Map.of("BROKER", "kafka:9092", "LEVEL", "high", "TOKEN", "secret", "PASSWORD", "p"));
        assertThatThrownBy(() -> RenderedManifests.read(file, Map.of()).environment("gateway"))
                .hasMessageContaining("store");
    }
}
