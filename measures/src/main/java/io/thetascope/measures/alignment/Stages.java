package io.thetascope.measures.alignment;

import io.thetascope.contracts.analysis.AlignmentResult.Stage;
import io.thetascope.measures.CompensatedSum;
import io.thetascope.measures.Ratios;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures the distance of two models after each symmetry that is taken out. */
final class Stages {
    private final List<MatchedTensor> tensors;
    private final Model left;
    private final Model right;
    private final Permutations none;
    private final List<Stage> stages = new ArrayList<>();

    /** For two models that change between the stages; {@code none} matches every unit to its namesake. */
    Stages(List<MatchedTensor> tensors, Model left, Model right, Permutations none) {
        this.tensors = tensors;
        this.left = left;
        this.right = right;
        this.none = none;
    }

    /** Measures the models as they are now, the right being matched. */
    void add(String name, boolean applies, Permutations matching) {
        double distance = root(left, right, matching, MatchedTensor::squaredDistance);
        double leftNorm = root(left, left, none, MatchedTensor::product);
        double rightNorm = root(right, right, none, MatchedTensor::product);
        Double normalised = Ratios.of(distance, Math.sqrt(leftNorm) * Math.sqrt(rightNorm));
        stages.add(new Stage(name, applies, distance, leftNorm, rightNorm, normalised, removed(normalised)));
    }

    List<Stage> list() {
        return stages;
    }

    private @Nullable Double removed(@Nullable Double normalised) {
        Double before = stages.isEmpty() ? null : stages.get(stages.size() - 1).normalised();
        return before == null || normalised == null ? null : (Double) (before - normalised);
    }

    private double root(Model one, Model other, Permutations matching, MatchedTensor.Pairing pairing) {
        CompensatedSum sum = new CompensatedSum();
        tensors.forEach(tensor -> sum.add(tensor.sum(one, other, matching, pairing)));
        return sum.root();
    }
}
