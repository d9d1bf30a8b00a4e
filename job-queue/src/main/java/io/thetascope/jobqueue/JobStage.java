package io.thetascope.jobqueue;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.thetascope.artifacts.FailedAttempt;
import io.thetascope.artifacts.JobOwner;
import io.thetascope.artifacts.store.ObjectStore;
import io.thetascope.artifacts.store.StoreUnavailableException;
import io.thetascope.messaging.DeadLetters;
import io.thetascope.messaging.LogContext;
import io.thetascope.messaging.TransientFailures;
import io.thetascope.messaging.UnreadableRecordException;
import io.thetascope.messaging.trace.MessageSpans;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything about one delivery that is not the consumer's: looks, decides, works, counts. Runs on the job's thread while
 * the lock is renewed on another one.
 */
final class JobStage<J> {
    private static final Logger LOG = LoggerFactory.getLogger(JobStage.class);
    static final TransientFailures PASSING = TransientFailures.and(StoreUnavailableException.class);

    private final JobQueueSettings settings;
    private final OwnerKeeper.Worker worker;
    private final JobKind<J> kind;
    private final JobHandler<J> handler;
    private final ObjectStore store;
    private final Letters letters;
    private final Executor ownerThread;
    private volatile Optional<String> waitingFor = Optional.empty();
    private final JobListener listener;

    JobStage(
            JobQueueSettings settings,
            OwnerKeeper.Worker worker,
            JobKind<J> kind,
            JobHandler<J> handler,
            ObjectStore store,
            Letters letters,
            Executor ownerThread,
            JobListener listener) {
        this.settings = settings;
        this.worker = worker;
        this.kind = kind;
        this.handler = handler;
        this.store = store;
        this.letters = letters;
        this.ownerThread = ownerThread;
        this.listener = listener;
    }

    /** Handles a delivery in the trace of its record; never throws, so that every record gets a verdict. */
    Verdict handle(Delivery delivery, Lease lease) {
        return LogContext.during(delivery.message(), delivery.attempt().value(), () -> traced(delivery, lease));
    }

    private Verdict traced(Delivery delivery, Lease lease) {
        Span span = MessageSpans.process(delivery.message())
                .setAttribute("thetascope.attempt", delivery.attempt().value());
        try {
            Verdict verdict = Context.root()
                    .with(span)
                    .wrapSupplier(() -> verdict(delivery, lease))
                    .get();
            span.setAttribute("thetascope.job.verdict", verdict.name().toLowerCase(Locale.ROOT));
            return verdict;
        } finally {
            span.end();
        }
    }

    private Verdict verdict(Delivery delivery, Lease lease) {
        Patience patience = new Patience(PASSING, settings.whileAway(), lease, what -> waitingFor = what);
        try {
            Verdict verdict = lease.held() ? judge(delivery, lease, patience) : Verdict.RELEASE;
            return settle(verdict, delivery, lease);
        } catch (Patience.EndedException e) {
            LOG.info("job left while something is away attempt={} cause={}", delivery.attempt(), e.getMessage());
            return settle(Verdict.RELEASE, delivery, lease);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return settle(Verdict.RELEASE, delivery, lease);
        } catch (Exception e) { // the edge: whatever surprises, the record goes back
            MessageSpans.failed(Span.current(), e);
            LOG.error("job edge failed attempt={}", delivery.attempt(), e);
            coolDown(lease, 1);
            return settle(Verdict.RELEASE, delivery, lease);
        }
    }

    /** Returns what the job in hand waits for; empty when it goes on. */
    Optional<String> waitingFor() {
        return waitingFor;
    }

    /** What may be said depends on the lock and on whether the broker would archive a released record. */
    private Verdict settle(Verdict verdict, Delivery delivery, Lease lease) {
        if (lease.whyLost().isPresent()) {
            LOG.warn(
                    "lock lost attempt={} why={}",
                    delivery.attempt(),
                    lease.whyLost().get());
            listener.lockLost();
            return Verdict.SILENCE;
        }
        if (lease.isDuplicate()) {
            LOG.info("duplicate acknowledged attempt={}", delivery.attempt());
            return Verdict.ACCEPT;
        }
        boolean archives = verdict == Verdict.RELEASE
                && delivery.count() >= settings.limits().deliveries();
        return archives ? handOver(delivery) : verdict;
    }

    private Verdict handOver(Delivery delivery) {
        try {
            letters.sendCopy(delivery);
            return Verdict.ACCEPT;
        } catch (RuntimeException e) {
            LOG.error("no copy of a record at its last delivery attempt={}", delivery.attempt(), e);
            return Verdict.SILENCE;
        }
    }

    private Verdict judge(Delivery delivery, Lease lease, Patience patience) throws Exception {
        J job;
        try {
            job = kind.read(delivery.message());
        } catch (UnreadableRecordException e) {
            LOG.error("unreadable job offset={}", delivery.message().offset(), e);
            patience.run(
                    "dead letter",
                    () -> letters.bury(delivery, DeadLetters.UNREADABLE, delivery.count(), e.toString()));
            return Verdict.ACCEPT;
        }
        JobLedger ledger = new JobLedger(store, kind.folder(job));
        Decision decision = decide(job, delivery, ledger, patience);
        if (decision instanceof Decision.Work) {
            return work(new JobAttempt<>(this, job, delivery, ledger, lease, patience));
        }
        if (decision instanceof Decision.GiveUp giveUp) {
            return giveUp(job, delivery, ledger, patience, giveUp);
        }
        if (decision instanceof Decision.HandOver) {
            patience.run("owner", ledger::removeOwner);
            return Verdict.RELEASE; // which settles as a copy
        }
        LOG.info("job not needed attempt={} decision={}", delivery.attempt(), decision);
        return Verdict.ACCEPT;
    }

    private Verdict work(JobAttempt<J> attempt) throws Exception {
        listener.begun();
        try {
            return attempt.work();
        } finally {
            listener.left();
        }
    }

    private Decision decide(J job, Delivery delivery, JobLedger ledger, Patience patience) throws Exception {
        if (delivery.count() < settings.limits().deliveries()) {
            return patience.call("look", () -> look(job, delivery, ledger));
        }
        try { // at the last delivery nothing may stand between the record and its copy
            return look(job, delivery, ledger);
        } catch (RuntimeException e) {
            LOG.warn("copied without a look attempt={}", delivery.attempt(), e);
            return new Decision.HandOver();
        }
    }

    private Decision look(J job, Delivery delivery, JobLedger ledger) {
        Situation found = situation(job, delivery, ledger);
        Optional<JobOwner> vanished = found.vanished(settings.limits());
        if (vanished.isEmpty()) {
            return found.decide(settings.limits());
        }
        JobOwner owner = vanished.get();
        String error = "worker " + owner.worker() + " vanished; last seen " + owner.renewedAt();
        ledger.record(new FailedAttempt(owner.attempt(), owner.worker(), error, found.progress(), false, found.now()));
        return situation(job, delivery, ledger).decide(settings.limits());
    }

    private Situation situation(J job, Delivery delivery, JobLedger ledger) {
        return new Situation(
                AttemptPlace.of(delivery.attempt()),
                delivery.copyOf(),
                ledger.owner(),
                ledger.failures(),
                handler.progress(job),
                worker.clock().instant());
    }

    /** Dead-letters a job, tells the handler, and remembers it, in an order in which each step may come twice. */
    Verdict giveUp(J job, Delivery delivery, JobLedger ledger, Patience patience, Decision.GiveUp giveUp)
            throws Exception {
        String error = giveUp.last().error();
        LOG.error("job given up attempt={} failures={} error={}", delivery.attempt(), giveUp.failures(), error);
        String reason = "failed " + giveUp.failures() + " times without progress";
        patience.run("dead letter", () -> letters.bury(delivery, reason, giveUp.failures(), error));
        patience.run("announcement", () -> handler.gaveUp(job, giveUp.last(), giveUp.failures()));
        patience.run("record", () -> ledger.record(giveUp.last().asGivenUp(delivery.attempt())));
        patience.run("owner", ledger::removeOwner);
        return Verdict.ACCEPT;
    }

    boolean coolDown(Lease lease, int failures) {
        try {
            return lease.await(settings.afterFailure().after(failures));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Executor ownerThread() {
        return ownerThread;
    }

    OwnerKeeper.Worker worker() {
        return worker;
    }

    JobHandler<J> handler() {
        return handler;
    }

    JobListener listener() {
        return listener;
    }

    Limits limits() {
        return settings.limits();
    }
}
