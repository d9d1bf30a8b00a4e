package io.thetascope.analyzer.measurement;

import io.thetascope.analyzer.records.RunRecords;
import io.thetascope.contracts.analysis.AnalysisInput;
import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.analysis.RetrainingPathResult;
import io.thetascope.contracts.identity.RunId;
import io.thetascope.contracts.identity.Step;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.retraining.RetrainingPath;
import io.thetascope.networks.NetworkDescription;
import java.util.List;

/** How far a retraining is from its parent and from its start, at every checkpoint; weights alone are read. */
final class RetrainingPaths {
    private final RunRecords runs;

    RetrainingPaths(RunRecords runs) {
        this.runs = runs;
    }

    /** Follows the retraining of a request from the end of its parent. */
    RetrainingPathResult measure(AnalysisRequest request, OpenInputs inputs, NetworkDescription network) {
        AnalysisInput parent = inputs.input(AnalysisInput.LEFT);
        List<AnalysisInput> points =
                request.inputs().stream().filter(i -> !i.equals(parent)).toList();
        requireWhole(parent, points);
        RetrainingPath path = new RetrainingPath(
                network,
                inputs.weights(parent.name(), network),
                inputs.weights(points.get(0).name(), network));
        for (AnalysisInput at : points.subList(1, points.size())) {
            path.add(at.step(), inputs.weights(at.name(), network));
            inputs.release(at.name()); // beside the two ends of the displacement one at a time
        }
        return path.result();
    }

    private void requireWhole(AnalysisInput parent, List<AnalysisInput> points) {
        if (points.isEmpty()) {
            throw new NotMeasurableException(
                    "a path is told over the checkpoints of a retraining, the request has those of"
                            + " none; ask again with one named at-STEP for every checkpoint");
        }
        RunId retraining = points.get(0).runId();
        RunSpec spec = runs.spec(retraining);
        if (spec.origin() == null || !spec.origin().parent().equals(parent.runId())) {
            throw new NotMeasurableException("run " + retraining + " was not trained from the end of run "
                    + parent.runId() + "; ask for the path of a retraining of that run");
        }
        requireEnd(parent);
        List<AnalysisInput> all = spec.schedule().checkpointSteps().stream()
                .map(step -> AnalysisInput.of(AnalysisInput.AT, retraining, step))
                .toList();
        if (!points.equals(all)) {
            throw new NotMeasurableException(
                    "a path is told over all checkpoints of one run in their order, run " + retraining
                            + " keeps those at steps " + spec.schedule().checkpointSteps() + ", asked for are "
                            + points.stream().map(AnalysisInput::step).toList() + "; ask for all of them");
        }
    }

    private void requireEnd(AnalysisInput parent) {
        Step last = runs.spec(parent.runId()).schedule().lastStep();
        if (!parent.step().equals(last)) {
            throw new NotMeasurableException("a retraining starts from the end of its parent, that of run "
                    + parent.runId() + " is step " + last + ", asked for is " + parent.step() + "; ask for that");
        }
    }
}
