package io.thetascope.launcher.command;

import io.thetascope.launcher.gateway.GatewayClient;
import io.thetascope.launcher.gateway.RequestProblem;
import io.thetascope.launcher.gateway.StudyRequest;
import io.thetascope.launcher.gateway.StudyStatus;
import io.thetascope.launcher.gateway.Submission;
import io.thetascope.launcher.infra.Ports;
import io.thetascope.launcher.process.StopSignal;
import io.thetascope.launcher.progress.ProgressWatch;
import io.thetascope.launcher.system.SystemPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts everything, runs the quick study, shows what came out. */
@Command(
        name = "demo",
        description = "Start everything, run the preset 'quick', print its results and write the report.")
final class DemoCommand implements Callable<Integer> {
    private static final int USUAL_PORT = 8080;
    private static final String PRESET = "quick";

    private final Edge edge;

    @Option(
            names = "--exit",
            description = "Stop when the study is done; the exit code says whether every run finished.")
    private boolean exit;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the report goes. Default: in the home.")
    private @Nullable Path out;

    @Option(names = "--home", paramLabel = "DIR", description = "Where data is kept. Default: .thetascope")
    private @Nullable Path home;

    @Mixin
    private final TrainerCount trainers = new TrainerCount();

    DemoCommand(Edge edge) {
        this.edge = edge;
    }

    @Override
    public Integer call() {
        int port = gatewayPort();
        SystemPlan plan = new SystemPlan(
                edge.sources(), edge.home(home), port, 0, 0, trainers.orCores(), edge.datasets(), edge.store());
        return new Session(edge).with(plan, stop -> demonstrate(plan, stop));
    }

    private int gatewayPort() {
        if (Ports.free(USUAL_PORT)) {
            return USUAL_PORT;
        }
        int port = Ports.resolve(0);
        edge.screen().line("port " + USUAL_PORT + " is in use; the gateway takes " + port);
        return port;
    }

    private int demonstrate(SystemPlan plan, StopSignal stop) throws IOException {
        GatewayClient gateway = new GatewayClient(plan.gateway());
        Submission submission = gateway.submit(StudyRequest.preset(PRESET));
        if (submission instanceof Submission.Refused refused) {
            refused.problems().stream().map(RequestProblem::line).forEach(edge.errors()::line);
            return ExitCode.FAILED;
        }
        String studyId = ((Submission.Accepted) submission).studyId();
        edge.screen().line("Study " + studyId + " (preset " + PRESET + "): " + gateway.url("/studies/" + studyId));
        Optional<StudyStatus> end = new ProgressWatch(gateway, edge.screen(), stop, edge.nanoTime()).follow(studyId);
        return end.isEmpty() ? ExitCode.INTERRUPTED : show(plan, gateway, end.get(), stop);
    }

    private int show(SystemPlan plan, GatewayClient gateway, StudyStatus study, StopSignal stop) throws IOException {
        String studyId = study.studyId();
        Path folder = out == null ? plan.home().report(studyId) : Edge.absolute(out);
        StudyResult.print(gateway, studyId, edge.screen());
        ReportFiles.write(gateway, studyId, folder);
        int code = StudyResult.conclude(study, edge.screen());
        edge.screen()
                .line("Report: " + folder.resolve("report.html") + " (and report.json, report.csv, comparisons.csv)");
        if (!exit) {
            edge.screen()
                    .line("Gateway: " + plan.gateway() + "   Report: "
                            + gateway.url("/studies/" + studyId + "/report"));
            edge.screen().line("Everything stays up until Ctrl-C.");
            stop.await();
        }
        return code;
    }
}
