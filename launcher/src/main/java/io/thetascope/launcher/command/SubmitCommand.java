package io.thetascope.launcher.command;

import io.thetascope.launcher.gateway.GatewayClient;
import io.thetascope.launcher.gateway.RequestProblem;
import io.thetascope.launcher.gateway.StudyRequest;
import io.thetascope.launcher.gateway.StudyStatus;
import io.thetascope.launcher.gateway.Submission;
import io.thetascope.launcher.process.StopSignal;
import io.thetascope.launcher.progress.ProgressWatch;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a running gateway for a study. */
@Command(
        name = "submit",
        description = "Send a study file (YAML or JSON), or a preset by its name, to a running gateway.")
final class SubmitCommand implements Callable<Integer> {
    private final Edge edge;

    @Parameters(
            paramLabel = "FILE|PRESET",
            description =
                    "A study file; where there is none of that name, a preset: quick, escape-curve, resnet-mystery,"
                            + " paper-126 or paper-162.")
    private String study = "";

    @Option(names = "--follow", description = "Show how far it is until it ends, then its results.")
    private boolean follow;

    @Mixin
    private final RunningGateway running = new RunningGateway();

    SubmitCommand(Edge edge) {
        this.edge = edge;
    }

    @Override
    public Integer call() {
        try {
            return submit(StudyRequest.of(study), running.client(edge));
        } catch (NoSuchFileException e) {
            edge.errors()
                    .line(study + " is neither a file nor a preset's name: there is no such file, and a preset is named"
                            + " like quick or escape-curve");
            return ExitCode.WRONG_INPUT;
        } catch (IOException e) {
            edge.errors().line(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        }
    }

    private int submit(StudyRequest request, GatewayClient gateway) throws IOException {
        Submission submission = gateway.submit(request);
        if (submission instanceof Submission.Refused refused) {
            refused.problems().stream().map(RequestProblem::line).forEach(edge.errors()::line);
            if (refused.problems().stream().anyMatch(RequestProblem::isOfPreset) && request.isPreset()) {
                edge.errors().line("There is no file " + study + " either.");
            }
            return ExitCode.WRONG_INPUT;
        }
        Submission.Accepted accepted = (Submission.Accepted) submission;
        edge.screen()
                .line("Study " + accepted.studyId() + (accepted.isNew() ? " accepted: " : " was known already: ")
                        + gateway.url("/studies/" + accepted.studyId()));
        return follow ? follow(gateway, accepted.studyId()) : ExitCode.OK;
    }

    private int follow(GatewayClient gateway, String studyId) throws IOException {
        StopSignal never = new StopSignal();
        Optional<StudyStatus> end = new ProgressWatch(gateway, edge.screen(), never, edge.nanoTime()).follow(studyId);
        if (end.isEmpty()) {
            return ExitCode.INTERRUPTED;
        }
        StudyResult.print(gateway, studyId, edge.screen());
        return StudyResult.conclude(end.get(), edge.screen());
    }
}
