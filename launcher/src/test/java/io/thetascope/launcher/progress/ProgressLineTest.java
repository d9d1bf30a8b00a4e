package io.thetascope.launcher.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.launcher.gateway.StudyStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    @Test
    void saysHowManyRunsAndAnalysesAreDoneAndHowLongItWillTake() {
        StudyStatus study = status("running", Map.of("planned", 20, "finished", 12, "running", 2), 0.6249, 130.4);
        assertThat(ProgressLine.of(study, Duration.ofSeconds(83)))
                .isEqualTo("[##############..........]  62 %  runs 12/20, 2 running  analyses 45/80"
                        + "  1:23 elapsed, about 2:10 left");
    }

    @Test
    void saysThatTheTimeLeftIsUnknownInsteadOfZero() {
        StudyStatus study = status("running", Map.of("planned", 20), null, null);
        assertThat(ProgressLine.of(study, Duration.ofSeconds(1)))
                .isEqualTo("[                        ]   —  runs 0/20  analyses 45/80"
                        + "  0:01 elapsed, time left unknown yet");
    }

    @Test
    void namesRunsThatWillNotFinish() {
        StudyStatus study =
                status("completed", Map.of("planned", 4, "finished", 2, "failed", 1, "skipped", 1), 1.0, 0.0);
        assertThat(ProgressLine.of(study, Duration.ofSeconds(3_700)))
                .isEqualTo("[########################] 100 %  runs 2/4, 1 failed, 1 skipped  analyses 45/80"
                        + "  1:01:40 elapsed");
        assertThat(study.everyRunFinished()).isFalse();
    }

    @Test
    void onATerminalALineIsRewrittenAndTheNextOneStartsBelow() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Screen screen = new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);
        screen.live("1");
        screen.live("2");
        screen.line("done");
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[2K1\r\u001b[2K2" + System.lineSeparator() + "done" + System.lineSeparator());
    }

    private static StudyStatus status(
            String state, Map<String, Integer> runs, @Nullable Double progress, @Nullable Double eta) {
        return new StudyStatus("s1", "quick", state, runs, Map.of("planned", 80, "measured", 45), progress, eta);
    }
}
