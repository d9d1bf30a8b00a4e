package io.thetascope.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Is in the list of commands for whoever asks for help; the script does the work before any Java runs. */
@Command(name = "test", description = "Build everything and run all tests and gates (mvn verify).")
final class TestCommand implements Callable<Integer> {
    private final Edge edge;

    TestCommand(Edge edge) {
        this.edge = edge;
    }

    @Override
    public Integer call() {
        edge.errors().line("run ./thetascope test, or mvn verify");
        return ExitCode.WRONG_INPUT;
    }
}
