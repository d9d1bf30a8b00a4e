package io.thetascope.gateway.reading;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.Twin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as the API shows it. Of a run that was heard of, but whose study is not known here yet, only the standing is there.
 *
 * @param runId its id
 * @param generation 0, or 1 for a retraining
 * @param role in the study asked about, else in the first that planned it
 * @param parentRunId of a retraining
 * @param perturbation what was done to the parent; absent for twins
 * @param twin which control it is; absent for perturbed runs
 * @param network such as lenet
 * @param dataset such as mnist
 * @param initialization such as kaiming-uniform
 * @param donorRunId whose end it starts from; absent where it starts from anything else
 * @param pretrainedWeights digest of the file it starts from; absent where it starts from anything else
 * @param optimizer sgd or adam
 * @param seed that the user wrote
 * @param state waiting, queued, running, finished, diverged, failed, cancelled or skipped
 * @param reason why it ended as it did, for all but finished
 * @param step optimizer steps done, at the last epoch's end
 * @param epoch epochs done
 * @param epochs planned
 * @param train means over the last epoch
 * @param test after the last epoch
 * @param attempt the latest
 * @param resumedElsewhere true where an earlier part was computed in an environment that rounds otherwise; else absent
 * @param startedAt of the latest attempt
 * @param endedAt when it ended
 */
public record RunView(
        RunId runId,
        @Nullable Integer generation,
        @Nullable String role,
        @Nullable String parentRunId,
        @Nullable Perturbation perturbation,
        @Nullable Twin twin,
        @Nullable String network,
        @Nullable String dataset,
        @Nullable String initialization,
        @Nullable RunId donorRunId,
        @Nullable Digest pretrainedWeights,
        @Nullable String optimizer,
        @Nullable Long seed,
        String state,
        @Nullable String reason,
        long step,
        int epoch,
        int epochs,
        @Nullable LastFigures train,
        @Nullable LastFigures test,
        @Nullable String attempt,
        @Nullable Boolean resumedElsewhere,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    /**
     * Figures of the last epoch.
     *
     * @param loss mean cross-entropy; absent when it was not finite
     * @param accuracy 0–1
     */
    public record LastFigures(@Nullable Double loss, double accuracy) {}
}
