package io.thetascope.trainer.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.thetascope.artifacts.ProcessFolder;
import io.thetascope.artifacts.store.MinioObjectStore;
import io.thetascope.artifacts.store.StoreLocation;
import io.thetascope.messaging.process.ParentWatch;
import io.thetascope.messaging.trace.Tracing;
import io.thetascope.trainer.device.DeviceChoice;
import io.thetascope.trainer.device.TrainingDevice;
import io.thetascope.trainer.run.RunTraining;
import io.thetascope.trainer.worker.TrainerConfig.Store;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Starts and stops the trainer with its process. */
@ApplicationScoped
public class TrainerService {
    private final TrainerConfig config;
    private final String bootstrapServers;
    private final MeterRegistry meters;
    private @Nullable TrainerProcess process;
    private @Nullable ParentWatch parent;

    TrainerService(
            TrainerConfig config,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            MeterRegistry meters) {
        this.config = config;
        this.meters = meters;
        this.bootstrapServers = bootstrapServers;
    }

    void start(@Observes StartupEvent event, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean untraced) {
        Tracing.switchOff(untraced);
        // first: a process that does not have its device must not start
        TrainingDevice device =
                TrainingDevice.open(new DeviceChoice(config.trainer().device()));
        Store store = config.store();
        StoreLocation location =
                new StoreLocation(store.endpoint(), store.accessKey(), store.secretKey(), store.bucket());
        TrainerProcess started = new TrainerProcess(
                new TrainerProcess.Connections(
                        bootstrapServers,
                        config.topics().create(),
                        MinioObjectStore.at(location),
                        config.trainer().cacheDir().resolve("datasets"),
                        device),
                new RunTraining.Trainer(
                        config.trainer().worker().orElseGet(TrainerService::nameOfProcess),
                        ProcessFolder.claim(config.trainer().cacheDir().resolve("work")),
                        Clock.systemUTC(),
                        System::nanoTime,
                        config.trainer().resumeEvery()),
                meters);
        process = started;
        config.trainer().leaveWhenIdle().ifPresent(idle -> started.leaveWhenIdle(idle, Quarkus::asyncExit));
        started.start();
        config.parentPid().ifPresent(pid -> parent = ParentWatch.of(pid, Quarkus::asyncExit));
    }

    void stop(@Observes ShutdownEvent event) {
        if (parent != null) {
            parent.close();
        }
        if (process != null) {
            process.close();
        }
    }

    /** Returns the process once it was started. */
    @Nullable
    TrainerProcess process() {
        return process;
    }

    private static String nameOfProcess() {
        try {
            return InetAddress.getLocalHost().getHostName() + "-"
                    + ProcessHandle.current().pid();
        } catch (UnknownHostException e) {
            return "trainer-" + ProcessHandle.current().pid();
        }
    }
}
