package io.thetascope.launcher.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many trainers; shared by the commands that start a system. */
final class TrainerCount {
    @Option(
            names = "--trainers",
            paramLabel = "N",
            description = "Trainer processes; each trains one run on one thread. Default: one a core.")
    void trainers(int count) {
        if (count < 1) {
            throw new ParameterException(spec.commandLine(), "--trainers must be at least 1: " + count);
        }
        trainers = count;
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    private @Nullable Integer trainers;

    int orCores() {
        return trainers == null ? Runtime.getRuntime().availableProcessors() : trainers;
    }
}
