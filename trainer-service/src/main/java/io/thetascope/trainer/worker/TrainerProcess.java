package io.thetascope.trainer.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.contracts.event.ShareGroup;
import io.thetascope.contracts.event.Topic;
import io.thetascope.contracts.event.TrainJob;
import io.thetascope.jobqueue.JobKind;
import io.thetascope.jobqueue.JobQueue;
import io.thetascope.jobqueue.JobQueueSettings;
import io.thetascope.jobqueue.Limits;
import io.thetascope.messaging.EventPublisher;
import io.thetascope.messaging.ShareGroups;
import io.thetascope.messaging.Topics;
import io.thetascope.metrics.JobMeters;
import io.thetascope.metrics.MeteredFacts;
import io.thetascope.metrics.MeteredObjectStore;
import io.thetascope.trainer.data.DatasetCache;
import io.thetascope.trainer.device.TrainingDevice;
import io.thetascope.trainer.metrics.TrainerMeters;
import io.thetascope.trainer.run.RunControlReader;
import io.thetascope.trainer.run.RunTraining;
import io.thetascope.trainer.run.WantedRuns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A trainer without its framework: connects, waiting for what is away, then takes jobs until it is closed. Caller closes it.
 */
public final class TrainerProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainerProcess.class);
    private static final Set<Topic> TOUCHED =
            Set.of(Topic.TRAIN_JOBS, Topic.RUN_CONTROL, Topic.EPOCHS, Topic.CHECKPOINTS, Topic.RUNS);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

    private final Connections connections;
    private final EventPublisher facts;
    private final RunControlReader control;
    private final JobQueue<TrainJob> queue;
    private final Thread connecting = new Thread(this::connect, "connect");
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean connected;

    /**
     * What a trainer talks to.
     *
     * @param bootstrapServers of Kafka
     * @param createTopics whether missing topics are created
     * @param store with data sets and checkpoints
     * @param datasets folder of data sets, which trainers of a machine may share
     * @param device it trains on
     */
    public record Connections(
            String bootstrapServers, boolean createTopics, ObjectStore store, Path datasets, TrainingDevice device) {}

    /** Prepares; {@link #start} begins. How it gets on is exported to the registry. */
    public TrainerProcess(Connections connections, RunTraining.Trainer trainer, MeterRegistry meters) {
        this.connections = connections;
        String kafka = connections.bootstrapServers();
        ObjectStore store = new MeteredObjectStore(connections.store(), meters);
        WantedRuns wanted = new WantedRuns(store);
        this.facts = EventPublisher.connect(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka), "trainer", trainer.clock());
        this.control = new RunControlReader(kafka, trainer.worker(), wanted);
        DatasetCache datasets = new DatasetCache(store, connections.datasets());
        RunTraining training = new RunTraining(
                trainer,
                store,
                new MeteredFacts(facts, meters),
                wanted,
                connections.device(),
                datasets,
                new TrainerMeters(meters, connections.device().device()));
        this.queue = new JobQueue<>(
                JobQueueSettings.of(kafka, ShareGroup.TRAINERS, trainer.worker()),
                JobKind.training(),
                training,
                store,
                trainer.clock(),
                trainer.nanoTime(),
                new JobMeters(meters, Topic.TRAIN_JOBS));
    }

    /**
     * Lets the trainer stop taking jobs once none came for so long, and then calls back; never while it has one. To be called
     * before {@link #start}.
     */
    public void leaveWhenIdle(Duration idle, Runnable left) {
        queue.leaveWhenIdle(idle, left);
    }

    /** Begins in the background. */
    public void start() {
        connecting.start();
    }

    /** Returns why no job can be taken now; empty when one can. */
    public Optional<String> trouble() {
        if (!connected) {
            return Optional.of("not connected yet to Kafka at " + connections.bootstrapServers());
        }
        return queue.trouble();
    }

    /** Whether it works, or still waits for its connections. */
    public boolean isAlive() {
        return connected ? queue.isAlive() : connecting.isAlive();
    }

    private void connect() {
        while (closing.getCount() > 0) {
            try {
                prepareKafka();
                break;
            } catch (RuntimeException e) {
                LOG.warn("kafka not ready, trying again servers={}", connections.bootstrapServers(), e);
                pause();
            }
        }
        takeJobs();
    }

    private void prepareKafka() {
        Map<String, Object> settings =
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, connections.bootstrapServers());
        try (Admin admin = Admin.create(settings)) {
            if (connections.createTopics()) {
                Topics.ensure(admin, TOUCHED);
            }
            ShareGroups.configure(admin, ShareGroup.TRAINERS, Limits.DEFAULTS.lock());
        }
    }

    // no job before run-control is read: it may be one that nobody wants any more
    private void takeJobs() {
        control.start();
        try {
            while (closing.getCount() > 0) {
                if (control.awaitCaughtUp(BETWEEN_ATTEMPTS)) {
                    queue.start();
                    connected = true;
                    LOG.info(
                            "trainer takes jobs device={}", connections.device().device());
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() {
        try {
            boolean unused = closing.await(BETWEEN_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the run at its next batch, gives its job back and leaves. */
    @Override
    public void close() {
        closing.countDown();
        try {
            connecting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        queue.close();
        control.close();
        facts.close();
    }
}
