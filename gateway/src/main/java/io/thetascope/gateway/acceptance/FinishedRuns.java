package io.thetascope.gateway.acceptance;

import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.run.RunResult;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.PlannedRun;
import io.thetascope.gateway.request.Problems;
import java.util.Optional;

/** Runs of generation 0 that a study builds upon: perturbs them, or starts from their ends. */
final class FinishedRuns {
    private final StudyFiles files;
    private final Problems problems;

    FinishedRuns(StudyFiles files, Problems problems) {
        this.files = files;
        this.problems = problems;
    }

    /** Finds a run that finished; empty where it is noted why a study cannot build upon it. */
    Optional<RunSpec> find(String field, RunId id) {
        Optional<RunSpec> spec = files.spec(id);
        Optional<String> reason = spec.isEmpty() ? Optional.of("is unknown") : reason(spec.get());
        reason.ifPresent(r -> problems.add(field, id, "the id of a finished run of generation 0; this one " + r));
        return spec.filter(s -> reason.isEmpty());
    }

    private Optional<String> reason(RunSpec run) {
        if (run.generation() != 0) {
            return Optional.of("is a retraining");
        }
        Optional<RunResult> result = files.result(run.id());
        if (result.isEmpty()) {
            return Optional.of("is not finished");
        }
        return switch (result.get().outcome()) {
            case FINISHED -> Optional.empty();
            case DIVERGED -> Optional.of("diverged, its weights are no numbers");
            case FAILED, CANCELLED, SKIPPED, UNKNOWN -> Optional.of("did not finish");
        };
    }

    /** Returns the seed that the study which trained a run wrote for it; 0 where no study that wants the run did. A label. */
    long seed(RunId run) {
        return files.wanting(run).stream()
                .flatMap(study -> files.read(study).stream())
                .filter(study -> !study.spec().parents().contains(run))
                .flatMap(study -> study.runs().stream())
                .filter(planned -> planned.runId().equals(run))
                .map(PlannedRun::seed)
                .findFirst()
                .orElse(0L);
    }
}
