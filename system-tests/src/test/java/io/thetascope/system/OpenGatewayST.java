package io.thetascope.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged gateway, told to listen everywhere and to ask nobody. */
class OpenGatewayST {
    private static final Path JAR =
            Path.of(System.getProperty("thetascope.root"), "gateway/target/quarkus-app/quarkus-run.jar");

    @TempDir
    Path folder;

    @Test
    void refusesToStartAndSaysWhatIsMissing() throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process gateway = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dquarkus.http.host=0.0.0.0",
                        "-Dquarkus.http.port=0",
                        "-Dthetascope.gateway.database=" + folder.resolve("read-model"),
                        "-jar",
                        JAR.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(gateway.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            gateway.destroyForcibly();
        }
        assertThat(gateway.exitValue()).isNotZero();
        assertThat(said).content().contains("beyond loopback", "THETASCOPE_GATEWAY_AUTH_TOKEN_FILE");
        assertThat(said).content().doesNotContain("Listening on");
    }
}
