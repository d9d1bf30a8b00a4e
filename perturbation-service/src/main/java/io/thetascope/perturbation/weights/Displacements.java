package io.thetascope.perturbation.weights;

import io.thetascope.artifacts.safetensors.MalformedSafetensorsException;
import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.networks.CounterStream;
import io.thetascope.networks.DeadTaps;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterScope;

/** Lengths of displacements over a scope, summed in double in PyTorch's order; memory does not grow with the model. */
final class Displacements {
    private Displacements() {}

    /** Returns ‖z‖₂ of the normal numbers of a scope's values. */
    static double ofNormals(ParameterScope scope, Draws draws) {
        double sum = 0;
        for (Parameter parameter : scope.parameters()) {
            DeadTaps leftOut = scope.leftOut(parameter);
            CounterStream stream = draws.of(parameter);
            for (long i = 0; i < parameter.size(); i++) {
                if (!leftOut.isDead(i)) {
                    double z = stream.normal(i);
                    sum += z * z;
                }
            }
        }
        return Math.sqrt(sum);
    }

    /**
     * Returns ‖θp − θ‖₂ of the floats that a change gives.
     *
     * @param parent holds θ
     * @param change that keeps what is outside the scope
     * @throws MalformedSafetensorsException when that is no number, since the weights are none
     */
    static double of(SafetensorsFile parent, ParameterScope scope, WeightChange change) {
        Sum sum = new Sum();
        for (Parameter parameter : scope.parameters()) {
            parent.forEachChunk(parent.tensor(parameter.name()), (from, values, count) -> {
                float[] before = values.clone();
                change.apply(parameter, from, values, count);
                sum.add(before, values, count);
            });
        }
        double norm = Math.sqrt(sum.squares);
        if (!Double.isFinite(norm)) {
            throw new MalformedSafetensorsException(
                    parent.path().toString(), "a displacement over " + scope.text() + " has no length: " + norm);
        }
        return norm;
    }

    private static final class Sum {
        private double squares;

        void add(float[] before, float[] after, int count) {
            for (int i = 0; i < count; i++) {
                double moved = (double) after[i] - before[i];
                squares += moved * moved;
            }
        }
    }
}
