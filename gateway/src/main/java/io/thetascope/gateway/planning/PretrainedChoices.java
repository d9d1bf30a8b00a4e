package io.thetascope.gateway.planning;

import io.thetascope.contracts.run.InputShape;
import io.thetascope.contracts.run.RunSpec;
import io.thetascope.contracts.study.PretrainedChoice;
import io.thetascope.contracts.study.StudySpec;
import io.thetascope.gateway.request.Problems;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.PretrainedFit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the cells that a study chooses pretrained weights for can start from them. */
final class PretrainedChoices {
    private final List<PretrainedChoice> choices;
    private final List<PretrainedSource> sources;
    private final Problems problems;
    private final Set<String> noted = new HashSet<>();

    PretrainedChoices(StudySpec spec, PlanInputs inputs, Problems problems) {
        this.choices = spec.pretrained();
        this.sources = inputs.chosen();
        this.problems = problems;
    }

    /**
     * Notes what is wrong with the choices for a cell.
     *
     * @param input that the cell's network sees
     * @param network at this input; empty where it does not fit the input, which is noted elsewhere
     */
    void check(Cell cell, InputShape input, Optional<NetworkDescription> network) {
        for (int i = 0; i < choices.size(); i++) {
            PretrainedChoice choice = choices.get(i);
            if (Pretraining.matches(choice, cell)) {
                String field = "pretrained[" + i + "].from";
                problem(sources.get(i), cell, input, network)
                        .filter(remedy -> noted.add(field + remedy))
                        .ifPresent(remedy -> problems.add(field, choice.from(), remedy));
            }
        }
    }

    private static Optional<String> problem(
            PretrainedSource source, Cell cell, InputShape input, Optional<NetworkDescription> network) {
        return source instanceof PretrainedSource.FinishedRun run
                ? ofRun(run.donor(), cell, input)
                : network.flatMap(recipient -> ofFile((PretrainedSource.Weights) source, recipient));
    }

    /** A run can give its weights to its own network alone, and only where that sees images of the same shape. */
    private static Optional<String> ofRun(RunSpec donor, Cell cell, InputShape input) {
        return donor.network().equals(cell.network()) && donor.input().equals(input)
                ? Optional.empty()
                : Optional.of("a run of " + cell.network() + " that sees " + input + ", as its cells of "
                        + cell.dataset() + " do; this one is " + donor.network() + " and sees " + donor.input());
    }

    private static Optional<String> ofFile(PretrainedSource.Weights weights, NetworkDescription recipient) {
        try {
            PretrainedFit.of(recipient, weights.shapes());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("the digest of weights of " + recipient.name() + ": " + e.getMessage());
        }
    }
}
