package io.thetascope.launcher.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** The command line as a whole. */
@Command(
        name = "thetascope",
        description = "Trains grids of image classifiers, watches every parameter move, perturbs, retrains, compares.")
public final class Thetascope {
    private Thetascope() {}

    /** Returns the command line with all its commands. */
    public static CommandLine commandLine(Edge edge) {
        CommandLine line = new CommandLine(new Thetascope());
        line.addSubcommand(new DemoCommand(edge));
        line.addSubcommand(new UpCommand(edge));
        line.addSubcommand(new SubmitCommand(edge));
        line.addSubcommand(new StatusCommand(edge));
        line.addSubcommand(new ReportCommand(edge));
        line.addSubcommand(new DeadLettersCommand(edge));
        line.addSubcommand(new TestCommand(edge));
        help(line);
        line.getSubcommands().values().forEach(Thetascope::help);
        return line;
    }

    private static void help(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help and leave.")
                        .build());
    }
}
