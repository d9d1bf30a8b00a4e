package io.thetascope.perturbation.weights;

import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.networks.ParameterScope;

/**
 * θ → θ + cz with z standard normal and c = norm / ‖z‖₂, both norms over the scope.
 *
 * @param scope whose values are drawn for
 * @param draws where z comes from
 * @param size how long cz is
 */
record GaussianPlan(ParameterScope scope, Draws draws, Size size) implements ChangePlan {

    /** How long a displacement is to be. */
    sealed interface Size {
        /**
         * Returns ‖cz‖₂.
         *
         * @param parent the file whose weights are displaced
         */
        double of(SafetensorsFile parent, ParameterScope scope);
    }

    /**
     * As long as its user wrote.
     *
     * @param norm at least 0
     */
    record Given(double norm) implements Size {
        Given {
            if (!(norm >= 0 && norm <= Float.MAX_VALUE)) {
                throw new IllegalArgumentException("gaussian's norm must be >= 0 and finite as a float: " + norm);
            }
        }

        @Override
        public double of(SafetensorsFile parent, ParameterScope scope) {
            return norm;
        }
    }

    /**
     * As long as the displacement that another change gives, rounding included.
     *
     * @param other what is done to the same values
     */
    record Matching(WeightChange other) implements Size {
        @Override
        public double of(SafetensorsFile parent, ParameterScope scope) {
            return Displacements.of(parent, scope, other);
        }
    }

    @Override
    public WeightChange on(SafetensorsFile parent) {
        double norm = size.of(parent, scope);
        return norm == 0
                ? new WeightChange.AsItIs()
                : new WeightChange.AddNormals(draws, norm / Displacements.ofNormals(scope, draws)).within(scope);
    }
}
