package io.thetascope.jobqueue;

import io.thetascope.artifacts.ArtifactKeys;
import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.contracts.event.TrainJob;
import io.thetascope.messaging.UnreadableRecordException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How records of a queue become jobs, and where a job's owner and failures are kept.
 *
 * @param <J> the job
 */
public interface JobKind<J> {
    /**
     * Reads a job.
     *
     * @throws UnreadableRecordException when the record is none; it goes to the dead-letter topic
     */
    J read(ConsumerRecord<String, byte[]> message);

    /** Returns the prefix of the job's objects, without the slash at its end. */
    String folder(J job);

    /** Trainings. */
    static JobKind<TrainJob> training() {
        return new EventJob<>(TrainJob.class, job -> ArtifactKeys.run(job.runId()));
    }

    /** Analyses. */
    static JobKind<AnalysisJob> analysis() {
        return new EventJob<>(AnalysisJob.class, job -> ArtifactKeys.analysisJob(job.analysisId()));
    }
}
