package io.thetascope.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.thetascope.launcher.home.Home;
import io.thetascope.launcher.home.RunningNote;
import io.thetascope.launcher.infra.Ports;
import io.thetascope.launcher.process.StopSignal;
import io.thetascope.launcher.progress.Screen;
import io.thetascope.launcher.system.LocalSystem;
import io.thetascope.launcher.system.SystemPlan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on the real broker and object store, with stand-ins for the services. */
class CommandsIT {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @BeforeEach
    void repositoryThatIsBuilt() throws IOException {
        StandIns.build(folder);
    }

    @Test
    void demoRunsTheStudyWritesTheReportAndLeavesNothingBehind() {
        // When
        int code = run(
                "demo",
                "--exit",
                "--trainers",
                "2",
                "--out",
                folder.resolve("out").toString());
        // Then
        assertThat(errors.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("kafka is up at 127.0.0.1:", "object store is up at http://127.0.0.1:")
                .contains("gateway is up at", "trainer-1 is up at", "trainer-2 is up at", "analyzer is up at")
                .contains("runs 1/2", "runs 2/2", "Trained from an initialisation", "2 of 2 runs finished");
        assertThat(code).isZero();
        assertThat(folder.resolve("out/report.html")).hasContent("report");
        assertThat(folder.resolve("out/report.json")).exists();
        assertThat(folder.resolve("out/report.csv")).exists();
        assertThat(folder.resolve("out/comparisons.csv")).exists();
        assertThat(ProcessHandle.current().children()).isEmpty();
        assertThat(RunningNote.of(home())).isEmpty();
    }

    @Test
    void whatRunsIsFoundByTheOtherCommandsAndRunsOnceAHome() throws Exception {
        // Given
        SystemPlan plan = plan();
        try (LocalSystem system = system(plan)) {
            system.start();
            // When, then
            assertThat(run("status")).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains(plan.gateway().toString(), "perturbation", "study s1  completed  2/2 runs  quick");
            assertThat(run("status", "--url", plan.gateway().toString())).isZero();
            assertThat(run("submit", "quick")).isZero();
            assertThat(run("report", "s1", "--out", folder.resolve("r").toString()))
                    .isZero();
            assertThat(run("dead-letters")).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("2 dead letters", "jobs-0-7  dawn  key r1  gave up\n    no such layer")
                    .contains("jobs-0-8  dawn  key r1  gave up  sent again noon");
            assertThat(run("dead-letters", "resend", "jobs-0-7")).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("sent again. It is handled like a new message.");
            assertThat(run("dead-letters", "resend", "jobs-0-8")).isEqualTo(1);
            assertThat(errors.toString(StandardCharsets.UTF_8)).contains("not sent: jobs-0-8 was sent again at noon");
            assertThat(run("dead-letters", "jobs-0-8")).isEqualTo(2);
            assertThat(run("demo", "--exit")).isEqualTo(1);
            assertThat(errors.toString(StandardCharsets.UTF_8)).contains("another launcher runs in");
        }
        // a stopped system can be started again on what it left
        try (LocalSystem again = system(plan())) {
            again.start();
            assertThat(RunningNote.of(home())).isPresent();
        }
        assertThat(run("status")).isEqualTo(1);
    }

    @Test
    void wrongUsageIsSaidWithCodeTwo() {
        assertThat(run("up", "--port", "eighty")).isEqualTo(2);
        assertThat(run("up", "--trainers", "0")).isEqualTo(2);
        assertThat(run("up", "--port", "70000")).isEqualTo(1);
    }

    private int run(String command, String... arguments) {
        List<String> line =
                new ArrayList<>(List.of(command, "--home", home().root().toString()));
        line.addAll(List.of(arguments));
        Edge edge = new Edge(folder, Optional.empty(), Optional.empty(), screen(out), screen(errors), System::nanoTime);
        return Thetascope.commandLine(edge).execute(line.toArray(String[]::new));
    }

    private SystemPlan plan() {
        return new SystemPlan(folder, home(), Ports.resolve(0), 0, 0, 1, Optional.empty(), Optional.empty());
    }

    private LocalSystem system(SystemPlan plan) {
        return new LocalSystem(plan, new StopSignal(), System::nanoTime, screen(out)::line);
    }

    private Home home() {
        return new Home(folder.resolve("home"));
    }

    private static Screen screen(ByteArrayOutputStream bytes) {
        return new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
    }
}
