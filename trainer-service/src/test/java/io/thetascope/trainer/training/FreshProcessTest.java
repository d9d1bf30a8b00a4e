package io.thetascope.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreshProcessTest {
    @Test
    void trainsToTheSameBitsInTwoFreshJvms() throws IOException, InterruptedException {
        Process first = start();
        Process second = start();
        String firstSays = said(first);
        assertThat(firstSays).contains("weights ");
        assertThat(said(second)).isEqualTo(firstSays);
    }

    private static Process start() throws IOException {
        String classPath =
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", "not set"));
        String java = ProcessHandle.current().info().command().orElse("java");
        List<String> command = List.of(java, "-Xmx256m", "-cp", classPath, FreshProcess.class.getName());
        return new ProcessBuilder(command).start();
    }

    private static String said(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return Stream.of(text.split("\n"))
                .filter(line -> line.startsWith("weights"))
                .toList()
                .toString();
    }

    /** What each JVM runs. */
    static final class FreshProcess {
        private FreshProcess() {}

        public static void main(String[] arguments) {
            Recorder recorder = new Recorder();
            try (TrainingFixture fixture = new TrainingFixture();
                    Training training = fixture.training()) {
                training.run(recorder, () -> false);
            }
            System.out.println("weights " + recorder.weightHashes + " " + recorder.epochs);
        }
    }
}
