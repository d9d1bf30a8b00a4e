package io.thetascope.gateway.inquiry;

import io.thetascope.contracts.analysis.AnalysisRequest;
import io.thetascope.contracts.run.Origin;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.gateway.planning.Retrainings;
import io.thetascope.gateway.request.Measure;
import io.thetascope.gateway.request.Problems;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes analyses of the measures that are asked for of a run and its parent. Pure. */
final class AskedRetrainings {
    private AskedRetrainings() {}

    /**
     * Returns the analysis of a measure; empty where it has none, or where the parent is no run to ask about.
     *
     * @param run the run that is asked about
     * @param parent as far as it is known
     * @param problems where it is noted what cannot be measured
     */
    static Optional<AnalysisRequest> of(Measure measure, RunSpec run, @Nullable RunSpec parent, Problems problems) {
        refusal(measure, run).ifPresent(remedy -> problems.add("measures", measure.word(), remedy));
        if (parent == null) {
            return Optional.empty();
        }
        return Optional.of(
                switch (measure) {
                    case PATH -> Retrainings.path(parent, run);
                    case SYMMETRY -> Retrainings.symmetry(parent, run);
                    default -> throw new IllegalArgumentException("reads no parent: " + measure.word());
                });
    }

    private static Optional<String> refusal(Measure measure, RunSpec run) {
        Origin origin = run.origin();
        if (origin == null) {
            return Optional.of("a run that was retrained, perturbed or as a twin; " + run.id()
                    + " started from an initialisation, so it has no parent: ask of one of its children");
        }
        if (measure == Measure.SYMMETRY && origin.perturbation() == null) {
            return Optional.of("a run that was perturbed; " + run.id()
                    + " is a twin, which starts with the function of its parent: ask of a perturbed child of "
                    + origin.parent());
        }
        return Optional.empty();
    }
}
