package io.thetascope.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.thetascope.contracts.event.Topic;
import io.thetascope.jobqueue.JobEnding;
import io.thetascope.jobqueue.JobListener;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Exports how a worker gets on, by queue: {@code thetascope_worker_busy} (1 while it works on a job),
 * {@code thetascope_job_attempts_total} by ending ({@code done}, {@code released}, {@code failed}),
 * {@code thetascope_job_lock_renewals_total} by outcome ({@code confirmed}, {@code refused}),
 * {@code thetascope_job_locks_lost_total}, and its dead letters.
 */
public final class JobMeters implements JobListener {
    private static final String QUEUE = "queue";

    private final MeterRegistry meters;
    private final String queue;
    private final AtomicInteger busy = new AtomicInteger();
    private final Consumer<String> deadLetters;

    /** Exports how a worker of this queue gets on; all its series are there from the start. */
    public JobMeters(MeterRegistry meters, Topic queue) {
        this.meters = meters;
        this.queue = queue.topicName();
        this.deadLetters = new DeadLetterCount(meters, queue);
        Gauge.builder("thetascope.worker.busy", busy, AtomicInteger::get)
                .description("1 while the worker works on a job")
                .tag(QUEUE, this.queue)
                .register(meters);
        attempts("failed");
        renewals("refused");
        locksLost();
    }

    @Override
    public void begun() {
        busy.set(1);
    }

    @Override
    public void ended(JobEnding ending) {
        attempts(ending.getClass().getSimpleName().toLowerCase(Locale.ROOT)).increment();
    }

    @Override
    public void left() {
        busy.set(0);
    }

    @Override
    public void renewed(boolean confirmed) {
        renewals(confirmed ? "confirmed" : "refused").increment();
    }

    @Override
    public void lockLost() {
        locksLost().increment();
    }

    @Override
    public void deadLettered() {
        deadLetters.accept(queue);
    }

    private Counter attempts(String ending) {
        return meters.counter("thetascope.job.attempts", QUEUE, queue, "ending", ending);
    }

    private Counter renewals(String outcome) {
        return meters.counter("thetascope.job.lock.renewals", QUEUE, queue, "outcome", outcome);
    }

    private Counter locksLost() {
        return meters.counter("thetascope.job.locks.lost", QUEUE, queue);
    }
}
