package io.thetascope.analyzer;

import io.thetascope.contracts.event.AnalysisJob;
import io.thetascope.jobqueue.JobQueue;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while no jobs can be taken, and says why. */
@Readiness
class QueueReadiness implements HealthCheck {
    private final JobQueue<AnalysisJob> queue;

    QueueReadiness(JobQueue<AnalysisJob> queue) {
        this.queue = queue;
    }

    @Override
    public HealthCheckResponse call() {
        return queue.trouble()
                .map(why -> HealthCheckResponse.named("jobs").down().withData("trouble", why))
                .orElseGet(() -> HealthCheckResponse.named("jobs").status(queue.isAlive()))
                .build();
    }
}
