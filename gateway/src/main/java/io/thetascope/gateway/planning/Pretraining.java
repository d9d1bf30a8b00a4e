package io.thetascope.gateway.planning;

import io.thetascope.contracts.identity.Digest;
import io.thetascope.contracts.run.Initialization;
import io.thetascope.contracts.study.PretrainedChoice;
import io.thetascope.contracts.study.StudySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where pretrained cells start (DESIGN §7): what the spec chooses; else, for LeNet, the same cell drawn and trained on
 * another data set; else the newest upload for the network.
 */
final class Pretraining {
    private static final String WITHOUT_UPLOADS = "lenet"; // nobody publishes ImageNet weights of it
    private static final Map<String, String> DONOR_DATASETS = Map.of(
            "mnist", "fashion-mnist",
            "fashion-mnist", "mnist",
            "cifar10", "fashion-mnist");

    private final List<PretrainedChoice> choices;
    private final PlanInputs inputs;

    Pretraining(StudySpec study, PlanInputs inputs) {
        this.choices = study.pretrained();
        this.inputs = inputs;
    }

    /** Returns the cell whose run with the same seed gives this one its weights; empty where they exist already. */
    static Optional<Cell> donorOf(Cell cell, StudySpec study) {
        boolean trained = cell.pretrained()
                && cell.network().equals(WITHOUT_UPLOADS)
                && study.pretrained().stream().noneMatch(choice -> matches(choice, cell));
        return trained
                ? Optional.ofNullable(DONOR_DATASETS.get(cell.dataset()))
                        .map(other -> new Cell(cell.network(), other, Initialization.KAIMING_UNIFORM, cell.optimizer()))
                : Optional.empty();
    }

    static boolean matches(PretrainedChoice choice, Cell cell) {
        return cell.pretrained()
                && choice.network().equals(cell.network())
                && (choice.dataset() == null || choice.dataset().equals(cell.dataset()));
    }

    /** Returns the start of a pretrained cell that has no donor in the study; a later choice wins. */
    Initialization of(Cell cell) {
        for (int i = choices.size() - 1; i >= 0; i--) {
            if (matches(choices.get(i), cell)) {
                return inputs.chosen().get(i) instanceof PretrainedSource.FinishedRun run
                        ? new Initialization(
                                Initialization.PRETRAINED, null, run.donor().id())
                        : weights(((PretrainedSource.Weights) inputs.chosen().get(i)).digest());
            }
        }
        return weights(inputs.uploaded().getOrDefault(cell.network(), MissingWeights.DIGEST));
    }

    private static Initialization weights(Digest digest) {
        return new Initialization(Initialization.PRETRAINED, digest, null);
    }
}
