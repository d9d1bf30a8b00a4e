package io.thetascope.perturbation.retraining;

import io.thetascope.contracts.event.CheckpointStored;
import io.thetascope.contracts.event.Event;
import io.thetascope.contracts.event.RunFinished;
import io.thetascope.contracts.event.TrainJob;
import io.thetascope.contracts.identity.Attempt;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.ArtifactRef;
import io.thetascope.contracts.run.RunOutcome;
import io.thetascope.contracts.run.StoredCheckpoint;
import io.thetascope.messaging.Facts;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this service says to the others; each call returns when Kafka has it. */
final class Announcements {
    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private final Facts facts;
    private final InstantSource clock;

    Announcements(Facts facts, InstantSource clock) {
        this.facts = facts;
        this.clock = clock;
    }

    /** Announces a starting point that is stored, then the job that trains from it. */
    void started(PlannedChild child, ArtifactRef start) {
        StoredCheckpoint checkpoint = new StoredCheckpoint(Step.START, 0, start);
        publish(new CheckpointStored(child.runId(), Attempt.START, checkpoint, clock.instant()));
        publish(new TrainJob(child.runId(), child.spec()));
        LOG.info(
                "retraining queued run={} parent={} origin={} bytes={}",
                child.runId(),
                child.parent(),
                child.spec().origin(),
                start.bytes());
    }

    /** Announces that a run does not start. */
    void skipped(RunId child, String reason) {
        publish(new RunFinished(child, Attempt.START, RunOutcome.SKIPPED, reason, null, null, clock.instant()));
        LOG.info("retraining skipped run={} reason={}", child, reason);
    }

    private void publish(Event event) {
        try {
            facts.publish(event).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e); // sets the flag again
        }
    }
}
