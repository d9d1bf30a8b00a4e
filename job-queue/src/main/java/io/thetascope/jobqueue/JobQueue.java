package io.thetascope.jobqueue;

import io.thetascope.artifacts.store.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker of a share group: takes one job after the other and keeps its lock while the handler works on it.
 *
 * <p>Three threads: one owns the consumer (acquires, renews, acknowledges), one runs the jobs, one keeps the owner object
 * fresh. The group must have been configured ({@code ShareGroups.configure}) before. Caller closes it.
 *
 * @param <J> the job
 */
public final class JobQueue<J> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(500);
    private static final Duration SETTLING = Duration.ofSeconds(20);

    private final JobQueueSettings settings;
    private final LongSupplier nanoTime;
    private final JobListener listener;
    private final JobStage<J> stage;
    private final KafkaProducer<String, byte[]> producer;
    private final ExecutorService jobThread;
    private final ExecutorService ownerThread;
    private final Thread pollThread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Lease current;
    private volatile @Nullable String trouble;
    private @Nullable Departure departure;

    /** When a worker without a job leaves by itself, and whom it tells. */
    private record Departure(Duration idle, Runnable left) {}

    /** Prepares a worker that tells nobody. */
    public JobQueue(
            JobQueueSettings settings,
            JobKind<J> kind,
            JobHandler<J> handler,
            ObjectStore store,
            InstantSource clock,
            LongSupplier nanoTime) {
        this(settings, kind, handler, store, clock, nanoTime, JobListener.NONE);
    }

    /**
     * Prepares a worker; nothing is read before {@link #start}.
     *
     * @param clock for the times in owner objects
     * @param nanoTime a clock that only goes forward, for deadlines
     * @param listener told how it gets on
     */
    public JobQueue(
            JobQueueSettings settings,
            JobKind<J> kind,
            JobHandler<J> handler,
            ObjectStore store,
            InstantSource clock,
            LongSupplier nanoTime,
            JobListener listener) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.listener = listener;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        settings.bootstrapServers(),
                        ProducerConfig.CLIENT_ID_CONFIG,
                        settings.worker() + "-letters",
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        10_000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        10_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        20_000),
                new StringSerializer(),
                new ByteArraySerializer());
        this.jobThread = Executors.newSingleThreadExecutor(work -> new Thread(work, "job"));
        this.ownerThread = Executors.newSingleThreadExecutor(work -> new Thread(work, "job-owner"));
        OwnerKeeper.Worker worker = new OwnerKeeper.Worker(settings.worker(), clock, settings.limits());
        Letters letters = new Letters(producer, listener);
        this.stage = new JobStage<>(settings, worker, kind, handler, store, letters, ownerThread, listener);
        this.pollThread = new Thread(this::takeJobs, "job-queue");
    }

    /**
     * Lets the worker leave by itself: once no job came for so long it takes no other and calls back. It never leaves while it
     * has a job. To be called before {@link #start}; by default it stays.
     *
     * @param idle since the start or the end of the last job; time in which Kafka was away counts
     * @param left must not wait for the worker
     */
    public void leaveWhenIdle(Duration idle, Runnable left) {
        departure = new Departure(idle, left);
    }

    /** Begins to take jobs. */
    public void start() {
        pollThread.start();
    }

    /** Whether the worker takes jobs or works on one. */
    public boolean isAlive() {
        return pollThread.isAlive();
    }

    /** Returns what keeps the worker from taking jobs or from going on with one; empty when nothing does. For readiness. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble).or(stage::waitingFor);
    }

    /** Asks the job that runs to save what it has, and takes no other; returns at once. */
    public void stop() {
        stopping.countDown();
        Lease lease = current;
        if (lease != null) {
            lease.stop();
        }
    }

    /** Stops, and waits until the job that runs was left and its record released. */
    @Override
    public void close() {
        stop();
        try {
            pollThread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        jobThread.shutdown();
        ownerThread.shutdown();
        producer.close(SETTLING);
    }

    private void takeJobs() {
        Idleness idleness = new Idleness(nanoTime);
        for (int failures = 1; !isStopping(); failures++) {
            try (AcquiredRecords records = AcquiredRecords.of(settings, nanoTime)) {
                while (!isStopping()) {
                    Optional<Delivery> delivery = records.acquire(IDLE_POLL);
                    look(records);
                    if (delivery.isPresent()) {
                        failures = 0;
                        if (!work(records, delivery.get())) {
                            break; // a fresh consumer holds nothing that was lost
                        }
                        idleness.restart();
                    } else {
                        leaveIfIdle(idleness);
                    }
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                trouble = "no jobs from Kafka at " + settings.bootstrapServers() + ": " + e.getMessage();
                LOG.error("queue edge failed topic={} failures={}", settings.topic(), failures, e);
                await(settings.whileAway().after(failures));
            }
        }
    }

    /** A broker that is away is no error for the client: it answers every poll with nothing and goes on connecting. */
    private void look(AcquiredRecords records) {
        trouble = records.isConnected() ? null : "no connection to Kafka at " + settings.bootstrapServers();
    }

    /** Keeps the lock while the stage handles a delivery; false when the lock was lost. */
    private boolean work(AcquiredRecords records, Delivery delivery) throws InterruptedException {
        Duration lock = records.lock().orElse(settings.limits().lock());
        Lease lease = new Lease(nanoTime, lock, delivery.acquiredAt());
        current = lease;
        if (isStopping()) {
            lease.stop(); // it may have come between the acquisition and the line before
        }
        Future<Verdict> verdict = jobThread.submit(() -> stage.handle(delivery, lease));
        try {
            return settle(records, hold(records, delivery, lease, verdict), outcome(verdict));
        } finally {
            lease.lose("the consumer is gone"); // no effect when the work has ended
            outcome(verdict);
            current = null;
        }
    }

    private Delivery hold(AcquiredRecords records, Delivery delivery, Lease lease, Future<Verdict> verdict)
            throws InterruptedException {
        Delivery held = delivery;
        while (!ends(verdict, lease.untilRenewal())) {
            if (lease.whyLost().isPresent()) {
                break; // whoever runs the job sees it too
            }
            look(records);
            long sentAt = nanoTime.getAsLong();
            Optional<Delivery> renewed = records.renew(held, lease.untilLapse());
            listener.renewed(renewed.isPresent());
            if (renewed.isPresent()) {
                held = renewed.get();
                lease.confirmed(sentAt);
            } else {
                lease.lose("the broker did not renew the lock");
            }
        }
        return held;
    }

    private boolean settle(AcquiredRecords records, Delivery delivery, Verdict verdict) {
        if (verdict == Verdict.SILENCE) {
            return false;
        }
        AcknowledgeType type = verdict == Verdict.ACCEPT ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE;
        return records.acknowledge(delivery, type, SETTLING);
    }

    private static boolean ends(Future<Verdict> verdict, Duration wait) throws InterruptedException {
        try {
            verdict.get(wait.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    private static Verdict outcome(Future<Verdict> verdict) throws InterruptedException {
        try {
            return verdict.get();
        } catch (ExecutionException e) {
            LOG.error("job thread failed", e.getCause());
            return Verdict.SILENCE;
        }
    }

    // on the thread that acquires, when it has acquired nothing: no job can come in between
    private void leaveIfIdle(Idleness idleness) {
        Departure planned = departure;
        if (planned == null || !idleness.lasts(planned.idle())) {
            return;
        }
        LOG.info("no job came, leaving topic={} idle={}", settings.topic(), planned.idle());
        stopping.countDown();
        planned.left().run();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void await(Duration wait) {
        try {
            stopping.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
