package io.thetascope.system.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A packaged service that was promised a GPU and has none leaves, with a reason, before it takes any job. */
class DevicePromiseST {
    private static final Path ROOT = Path.of(System.getProperty("thetascope.root"));
    private static final long LONGEST_SECONDS = 120;

    @TempDir
    private Path folder;

    // no machine has a hundred GPUs; nothing listens at port 1, and nothing is asked there
    @ParameterizedTest
    @CsvSource({
        "trainer-service, THETASCOPE_TRAINER_DEVICE, thetascope.trainer.device=cuda:99",
        "analyzer-service, THETASCOPE_ANALYZER_DEVICE, thetascope.analyzer.device is cuda:99"
    })
    void aGpuThatIsNotThereEndsTheProcess(String module, String setting, String reason) throws Exception {
        Path log = folder.resolve("log");
        Process process = start(module, setting, log);
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .as("ended by itself")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(Files.readString(log)).contains(reason).contains("set");
    }

    private Process start(String module, String setting, Path log) throws IOException {
        Path jar = ROOT.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(
                List.of(java.toString(), "-Xmx256m", "-Djava.io.tmpdir=" + folder, "-jar", jar.toString()));
        builder.environment().put(setting, "cuda:99");
        builder.environment().put("NVIDIA_TF32_OVERRIDE", "0");
        builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", "0");
        builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        builder.environment().put("THETASCOPE_STORE_ENDPOINT", "http://127.0.0.1:1");
        builder.environment().put("THETASCOPE_STORE_ACCESS_KEY", "nobody");
        builder.environment().put("THETASCOPE_STORE_SECRET_KEY", "nothing");
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }
}
