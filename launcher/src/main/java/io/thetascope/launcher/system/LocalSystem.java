package io.thetascope.launcher.system;

import io.thetascope.launcher.home.HomeLock;
import io.thetascope.launcher.home.LauncherLog;
import io.thetascope.launcher.home.RunningNote;
import io.thetascope.launcher.infra.EmbeddedKafka;
import io.thetascope.launcher.infra.EmbeddedS3;
import io.thetascope.launcher.process.RestartPolicy;
import io.thetascope.launcher.process.RunningChild;
import io.thetascope.launcher.process.StopSignal;
import io.thetascope.launcher.process.Supervisor;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Broker and object store in this process, and the services as its children.
 *
 * <p>Closed in the reverse order of its start, from whichever thread and at whatever moment, also in mid-start.
 */
public final class LocalSystem implements AutoCloseable {
    /** Cold disks and two cores: several times what was seen. */
    private static final Duration LONGEST_START = Duration.ofMinutes(3);

    private final SystemPlan plan;
    private final StopSignal stop;
    private final LongSupplier nanoTime;
    private final Consumer<String> say;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    /** Makes a system of which nothing runs yet. */
    public LocalSystem(SystemPlan plan, StopSignal stop, LongSupplier nanoTime, Consumer<String> say) {
        this.plan = plan;
        this.stop = stop;
        this.nanoTime = nanoTime;
        this.say = say;
    }

    /**
     * Starts everything and returns when all of it is ready, or when the stop signal is raised.
     *
     * @throws IOException when the broker or the object store does not start
     * @throws RefusedStartException when something is missing; nothing has been started then
     */
    public void start() throws IOException, RefusedStartException {
        List<String> unmet = Requirements.unmet(plan);
        if (!unmet.isEmpty()) {
            throw new RefusedStartException(unmet);
        }
        keep(HomeLock.take(plan.home())
                .orElseThrow(() -> new RefusedStartException(List.of("another launcher runs in "
                        + plan.home().root() + ": stop it, use it (thetascope status), or choose another folder with "
                        + "--home"))));
        LauncherLog.into(plan.home());
        say.accept("starting in " + plan.home().root() + " …");
        EmbeddedKafka kafka = keep(EmbeddedKafka.start(plan.home().kafka(), plan.kafkaPort()));
        say.accept("kafka is up at " + kafka.bootstrapServers());
        StoreAccess store = store();
        startServices(new ServiceProcesses(plan, kafka.bootstrapServers(), store).all(), kafka, store);
    }

    @Override
    public void close() {
        Deque<AutoCloseable> open = new ArrayDeque<>();
        synchronized (this) {
            closed = true;
            open.addAll(parts);
            parts.clear();
        }
        for (AutoCloseable part : open) {
            close(part);
        }
    }

    private StoreAccess store() throws IOException {
        if (plan.store().isPresent()) {
            say.accept("object store is " + plan.store().get());
            return plan.store().get();
        }
        EmbeddedS3 s3 = keep(EmbeddedS3.start(plan.home().s3(), plan.s3Port()));
        say.accept("object store is up at " + s3.endpoint());
        return new StoreAccess(s3.endpoint(), EmbeddedS3.ACCESS_KEY, EmbeddedS3.SECRET_KEY, EmbeddedS3.BUCKET);
    }

    private void startServices(List<ServiceProcess> services, EmbeddedKafka kafka, StoreAccess store) {
        keep(() -> Files.deleteIfExists(plan.home().note()));
        Supervisor supervisor = keep(new Supervisor(
                RestartPolicy.SERVICES, nanoTime, stop, say, running -> note(services, running, kafka, store)));
        services.forEach(service -> supervisor.start(service.spec()));
        new Readiness(HttpClient.newHttpClient(), nanoTime, stop)
                .await(services, LONGEST_START, ready -> say.accept(ready.name() + " is up at " + ready.url()));
    }

    private void note(
            List<ServiceProcess> services, List<RunningChild> running, EmbeddedKafka kafka, StoreAccess store) {
        Map<String, Long> pids = running.stream().collect(Collectors.toMap(RunningChild::name, RunningChild::pid));
        RunningNote note = new RunningNote(
                ProcessHandle.current().pid(),
                plan.gateway().toString(),
                kafka.bootstrapServers(),
                store.endpoint().toString(),
                services.stream()
                        .map(s -> new RunningNote.Service(
                                s.name(),
                                pids.getOrDefault(s.name(), 0L),
                                s.url().toString(),
                                s.spec().log().toString()))
                        .toList());
        try {
            note.write(plan.home());
        } catch (IOException e) {
            say.accept(
                    "cannot write " + plan.home().note() + ": thetascope status will not find this system (" + e + ")");
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        boolean late;
        synchronized (this) {
            late = closed;
            if (!late) {
                parts.push(part);
            }
        }
        if (late) {
            close(part);
        }
        return part;
    }

    private void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            say.accept("did not stop in order: " + e);
        }
    }
}
