package io.thetascope.launcher.command;

import io.thetascope.launcher.infra.Ports;
import io.thetascope.launcher.system.SystemPlan;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts everything and stays. */
@Command(name = "up", description = "Start broker, object store and services on this machine; stop them with Ctrl-C.")
final class UpCommand implements Callable<Integer> {
    private final Edge edge;

    @Option(names = "--home", paramLabel = "DIR", description = "Where data is kept. Default: .thetascope")
    private @Nullable Path home;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Of the HTTP API. Default: ${DEFAULT-VALUE}; 0 for a free one.")
    private int port;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Of the broker. Default: ${DEFAULT-VALUE}; 0 for a free one.")
    private int kafkaPort;

    @Option(
            names = "--s3-port",
            paramLabel = "PORT",
            defaultValue = "9000",
            description = "Of the object store. Default: ${DEFAULT-VALUE}; 0 for a free one.")
    private int s3Port;

    @Mixin
    private final TrainerCount trainers = new TrainerCount();

    UpCommand(Edge edge) {
        this.edge = edge;
    }

    @Override
    public Integer call() {
        int gateway = Ports.resolve(port);
        SystemPlan plan = new SystemPlan(
                edge.sources(),
                edge.home(home),
                gateway,
                kafkaPort,
                s3Port,
                trainers.orCores(),
                edge.datasets(),
                edge.store());
        return new Session(edge).with(plan, stop -> {
            edge.screen().line("Thetascope is up at " + plan.gateway() + " (API " + plan.gateway() + "/api/v1)");
            edge.screen()
                    .line("Stop it with Ctrl-C; what it has stays in "
                            + plan.home().root());
            stop.await();
            return ExitCode.OK;
        });
    }
}
