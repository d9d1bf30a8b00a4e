package io.thetascope.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the report of a study. */
@Command(
        name = "report",
        description = "Write report.html, report.json, report.csv and comparisons.csv of a study into a folder.")
final class ReportCommand implements Callable<Integer> {
    private final Edge edge;

    @Parameters(paramLabel = "STUDY", description = "The study's id.")
    private String study = "";

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder; created when missing.")
    private Path out = Path.of("");

    @Mixin
    private final RunningGateway running = new RunningGateway();

    ReportCommand(Edge edge) {
        this.edge = edge;
    }

    @Override
    public Integer call() {
        try {
            Path folder = Edge.absolute(out);
            ReportFiles.write(running.client(edge), study, folder);
            edge.screen()
                    .line("Report: " + folder.resolve("report.html")
                            + " (and report.json, report.csv, comparisons.csv)");
            return ExitCode.OK;
        } catch (IOException e) {
            edge.errors().line(String.valueOf(e.getMessage()));
            return ExitCode.FAILED;
        }
    }
}
