package io.thetascope.launcher.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a study is, as the gateway tells it.
 *
 * @param studyId the study
 * @param name what its author called it; may be empty
 * @param state running, completed or cancelled
 * @param runs state of a run → how many; {@code planned} is all of them
 * @param analyses planned, measured, refused, failed
 * @param progress 0–1; absent where unknown
 * @param etaSeconds until it is completed; absent where unknown
 */
public record StudyStatus(
        String studyId,
        @Nullable String name,
        String state,
        Map<String, Integer> runs,
        Map<String, Integer> analyses,
        @Nullable Double progress,
        @Nullable Double etaSeconds) {
    public StudyStatus {
        runs = Map.copyOf(runs);
        analyses = Map.copyOf(analyses);
    }

    /** Returns how many runs are in a state. */
    public int runs(String runState) {
        return runs.getOrDefault(runState, 0);
    }

    /** Returns how many analyses have ended so. */
    public int analyses(String outcome) {
        return analyses.getOrDefault(outcome, 0);
    }

    /** Whether nothing more will happen. */
    public boolean ended() {
        return !state.equals("running");
    }

    /** Whether it is completed and every planned run is finished: none diverged, failed, cancelled or skipped. */
    public boolean everyRunFinished() {
        return state.equals("completed") && runs("planned") > 0 && runs("finished") == runs("planned");
    }
}
