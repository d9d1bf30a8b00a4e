package io.thetascope.launcher.command;

import io.thetascope.launcher.gateway.GatewayClient;
import io.thetascope.launcher.gateway.StudyStatus;
import io.thetascope.launcher.home.Home;
import io.thetascope.launcher.home.RunningNote;
import io.thetascope.launcher.progress.Screen;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what runs in a home. */
@Command(name = "status", description = "Say what runs in the home: processes, ports, studies.")
final class StatusCommand implements Callable<Integer> {
    private final Edge edge;

    @Option(names = "--home", paramLabel = "DIR", description = "Where the system runs. Default: .thetascope")
    private @Nullable Path home;

    StatusCommand(Edge edge) {
        this.edge = edge;
    }

    @Override
    public Integer call() {
        Home chosen = edge.home(home);
        Optional<RunningNote> note = RunningNote.of(chosen);
        if (note.isEmpty()) {
            edge.errors().line("nothing runs in " + chosen.root());
            return ExitCode.FAILED;
        }
        processes(note.get(), edge.screen());
        return studies(new GatewayClient(URI.create(note.get().gateway())), edge.screen());
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

    private int studies(GatewayClient gateway, Screen screen) {
        try {
            for (StudyStatus study : gateway.studies()) {
                String name = study.name() == null ? "" : study.name();
                screen.line("study " + study.studyId() + "  " + study.state() + "  " + study.runs("finished") + "/"
                        + study.runs("planned") + " runs  " + name);
            }
            return ExitCode.OK;
        } catch (IOException e) {
            edge.errors().line("the gateway does not answer: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static String pad(String name) {
        return name + " ".repeat(Math.max(14 - name.length(), 1));
    }
}
