package io.thetascope.launcher.command;

import io.thetascope.launcher.gateway.AccessRefusedException;
import io.thetascope.launcher.gateway.GatewayClient;
import io.thetascope.launcher.gateway.StudyStatus;
import io.thetascope.launcher.home.Home;
import io.thetascope.launcher.home.RunningNote;
import io.thetascope.launcher.progress.Screen;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what runs in a home, or what studies a gateway has. */
@Command(
        name = "status",
        description = "Say what runs in the home: processes, ports, studies; with --url the studies alone.")
final class StatusCommand implements Callable<Integer> {
    private final Edge edge;

    @Mixin
    private final RunningGateway running = new RunningGateway();

    StatusCommand(Edge edge) {
        this.edge = edge;
    }

    @Override
    public Integer call() {
        try {
            return running.isNamed() ? studies(running.client(edge)) : local();
        } catch (IOException e) {
            edge.errors().line(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        }
    }

    private int local() throws IOException {
        Home chosen = running.home(edge);
        Optional<RunningNote> note = RunningNote.of(chosen);
        if (note.isEmpty()) {
            edge.errors().line("nothing runs in " + chosen.root());
            return ExitCode.FAILED;
        }
        processes(note.get(), edge.screen());
        return studies(running.client(URI.create(note.get().gateway())));
    }

    private static void processes(RunningNote note, Screen screen) {
        screen.line("launcher      pid " + note.pid());
        screen.line("kafka         " + note.kafka());
        screen.line("object store  " + note.s3());
        for (RunningNote.Service service : note.services()) {
            String pid = service.pid() == 0 ? "starting again" : "pid " + service.pid();
            screen.line(pad(service.name()) + service.url() + "  " + pid);
        }
    }

    private int studies(GatewayClient gateway) throws AccessRefusedException {
        Screen screen = edge.screen();
        try {
            for (StudyStatus study : gateway.studies()) {
                String name = study.name() == null ? "" : study.name();
                screen.line("study " + study.studyId() + "  " + study.state() + "  " + study.runs("finished") + "/"
                        + study.runs("planned") + " runs  " + name);
            }
            return ExitCode.OK;
        } catch (AccessRefusedException e) {
            throw e;
        } catch (IOException e) {
            edge.errors().line("the gateway does not answer: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static String pad(String name) {
        return name + " ".repeat(Math.max(14 - name.length(), 1));
    }
}
