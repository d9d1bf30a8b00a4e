package io.thetascope.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.launcher.home.Home;
import io.thetascope.launcher.infra.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementsTest {
    @TempDir
    Path folder;

    @Test
    void everythingThatIsMissingIsSaidAtOnceWithItsOption() throws IOException {
        // Given
        Path file = Files.createFile(folder.resolve("file"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            SystemPlan plan = new SystemPlan(
                    folder,
                    new Home(file.resolve("home")),
                    Ports.resolve(0),
                    taken.getLocalPort(),
                    70_000,
                    1,
                    Optional.empty(),
                    StoreAccess.of(Map.of(
                            "THETASCOPE_STORE_ENDPOINT", "http://127.0.0.1:9", "THETASCOPE_STORE_ACCESS_KEY", "me")));
            // When, then
            assertThat(Requirements.unmet(plan))
                    .anySatisfy(s -> assertThat(s).contains("cannot be written").contains("--home"))
                    .anySatisfy(s -> assertThat(s)
                            .isEqualTo("port " + taken.getLocalPort()
                                    + " is in use: choose another one with --kafka-port"))
                    .anySatisfy(s -> assertThat(s).isEqualTo("--s3-port must be 0 to 65535: 70000"))
                    .anySatisfy(s -> assertThat(s).startsWith("the gateway is not built"))
                    .anySatisfy(s -> assertThat(s).contains("THETASCOPE_STORE_SECRET_KEY is not set"))
                    .hasSize(8);
        }
    }
}
