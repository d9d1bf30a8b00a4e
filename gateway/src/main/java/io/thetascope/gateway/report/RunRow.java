package io.thetascope.gateway.report;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.Figures;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.contracts.run.Twin;
import io.thetascope.contracts.study.RunRole;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table of runs. Whatever is not known is absent, never 0; nothing here depends on the clock.
 *
 * @param runId the run
 * @param generation 0 from an initialisation, 1 from a trained model
 * @param role in this study
 * @param parentRunId whose end it starts from; absent for generation 0
 * @param perturbation what was done to that end; absent for generation 0 and twins
 * @param twin which control it is; absent for all else
 * @param network name
 * @param dataset name
 * @param initialization kind
 * @param optimizer kind
 * @param seed that the user wrote
 * @param state waiting, queued, running, finished, diverged, failed, cancelled or skipped
 * @param reason why, for one that ended without being finished
 * @param step the last one known
 * @param epoch the last one known
 * @param epochs planned
 * @param train figures of that epoch
 * @param test figures of that epoch
 * @param accuracy on the test images after the last epoch planned; absent unless the run is finished
 * @param gate the accuracy below which the run is not worth discussing; absent where the study has none
 * @param gateMet whether the accuracy reaches the gate; absent while it is open or there is no gate
 * @param startNorm ‖θ0‖₂, of generation 1 that of its own starting point
 * @param endNorm ‖θT‖₂ after the last step planned
 * @param distances between consecutive checkpoints
 * @param distanceFromStart ‖θT − θ0‖₂
 * @param pathLength sum of the distances
 * @param straightness distance from start / path length
 * @param changed F(0): share of parameters that differ from the start, 0–1
 * @param unmoved what never moved and why, predicted and found; absent where the network is not known here
 * @param meanAbsCorrelation mean |ρ| of the penultimate features after the last step
 * @param nullMeanAbsCorrelation what independent Gaussian units would have
 * @param panel its features at the start and the end, laziness and integrity
 * @param retraining against the parent and the twins; absent for generation 0
 * @param problems what stands against trusting this line, in words; empty for a sound run
 */
public record RunRow(
        RunId runId,
        int generation,
        RunRole role,
        @Nullable RunId parentRunId,
        @Nullable Perturbation perturbation,
        @Nullable Twin twin,
        String network,
        String dataset,
        String initialization,
        String optimizer,
        long seed,
        String state,
        @Nullable String reason,
        @Nullable Step step,
        @Nullable Integer epoch,
        int epochs,
        @Nullable Figures train,
        @Nullable Figures test,
        @Nullable Double accuracy,
        @Nullable Double gate,
        @Nullable Boolean gateMet,
        @Nullable Double startNorm,
        @Nullable Double endNorm,
        List<Leg> distances,
        @Nullable Double distanceFromStart,
        @Nullable Double pathLength,
        @Nullable Double straightness,
        @Nullable Double changed,
        @Nullable Unmoved unmoved,
        @Nullable Double meanAbsCorrelation,
        @Nullable Double nullMeanAbsCorrelation,
        RunPanel panel,
        @Nullable Retraining retraining,
        List<String> problems) {
    public RunRow {
        distances = List.copyOf(distances);
        problems = List.copyOf(problems);
    }
}
