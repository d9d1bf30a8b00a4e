package io.thetascope.jobqueue;

import io.opentelemetry.api.trace.Span;
import io.thetascope.artifacts.FailedAttempt;
import io.thetascope.messaging.trace.MessageSpans;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at a job: claims it, lets the handler work, and records how that ended. */
record JobAttempt<J>(JobStage<J> stage, J job, Delivery delivery, JobLedger ledger, Lease lease, Patience patience) {
    private static final Logger LOG = LoggerFactory.getLogger(JobAttempt.class);

    Verdict work() throws Exception {
        patience.run("claim", () -> ledger.claim(stage.worker().owner(delivery.attempt())));
        try {
            JobEnding ending;
            try (OwnerKeeper keeper = new OwnerKeeper(ledger, delivery, stage.worker(), lease)) {
                keeper.begin(stage.ownerThread());
                LOG.info(
                        "job begun attempt={} job={}",
                        delivery.attempt(),
                        delivery.message().key());
                ending = run();
            }
            return verdict(ending);
        } finally {
            leave();
        }
    }

    private JobEnding run() throws Patience.EndedException {
        try {
            return patience.call("job", () -> stage.handler().run(job, delivery.attempt(), lease));
        } catch (Patience.EndedException e) {
            throw e;
        } catch (Throwable e) { // the edge: a native library may throw anything
            MessageSpans.failed(Span.current(), e);
            LOG.warn("job failed attempt={}", delivery.attempt(), e);
            return new JobEnding.Failed(e.toString());
        }
    }

    private Verdict verdict(JobEnding ending) throws Exception {
        LOG.info(
                "job ended attempt={} job={} ending={}",
                delivery.attempt(),
                delivery.message().key(),
                ending);
        stage.listener().ended(ending);
        if (ending instanceof JobEnding.Done) {
            return Verdict.ACCEPT;
        }
        if (ending instanceof JobEnding.Failed failed && lease.held()) { // whoever is leaving fails for that reason
            return count(failed);
        }
        return Verdict.RELEASE;
    }

    private Verdict count(JobEnding.Failed failed) throws Exception {
        FailedAttempt failure = patience.call("record", () -> record(failed));
        int count = patience.call("count", ledger::failures).withoutProgress(failure.step());
        if (count >= stage.limits().failures()) {
            return stage.giveUp(job, delivery, ledger, patience, new Decision.GiveUp(failure, count));
        }
        stage.coolDown(lease, count);
        return Verdict.RELEASE;
    }

    private FailedAttempt record(JobEnding.Failed failed) {
        FailedAttempt failure = new FailedAttempt(
                delivery.attempt(),
                stage.worker().name(),
                failed.error(),
                stage.handler().progress(job),
                false,
                stage.worker().clock().instant());
        ledger.record(failure);
        return failure;
    }

    // best effort: an owner that stays is taken for a worker that vanished
    private void leave() {
        try {
            ledger.removeOwner(delivery.attempt());
        } catch (RuntimeException e) {
            LOG.warn("owner not removed attempt={}", delivery.attempt(), e);
        }
    }
}
