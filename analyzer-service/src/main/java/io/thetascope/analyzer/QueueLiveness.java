package io.thetascope.analyzer;

import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.jobqueue.JobQueue;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** A process whose queue thread is gone will never take a job again: it must be replaced. */
@Liveness
class QueueLiveness implements HealthCheck {
    private final JobQueue<AnalysisJob> queue;

    QueueLiveness(JobQueue<AnalysisJob> queue) {
        this.queue = queue;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("queue").status(queue.isAlive()).build();
    }
}
