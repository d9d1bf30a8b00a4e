package io.thetascope.perturbation.weights;

import io.thetascope.artifacts.safetensors.SafetensorsFile;
import io.thetascope.contracts.run.Perturbation;
import io.thetascope.networks.CounterStream;
import io.thetascope.networks.DeadTaps;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterScope;

/** What is done to every trainable parameter, value by value, in place. Pure; a value's change depends on no other value. */
public sealed interface WeightChange extends ChangePlan {
    /**
     * Changes a piece of a parameter.
     *
     * @param parameter whose values they are
     * @param from number of the first of them within the parameter, in PyTorch's order
     * @param values the first {@code count} of them are changed
     * @param count how many
     */
    void apply(Parameter parameter, long from, float[] values, int count);

    @Override
    default WeightChange on(SafetensorsFile parent) {
        return this;
    }

    /** Returns the same on a scope alone. */
    default WeightChange within(ParameterScope scope) {
        return scope.text().equals(Perturbation.ALL) ? this : new Within(scope, this);
    }

    /** θ → −θ: the sign bit of every value is inverted, so 0 becomes −0 and nothing is rounded. */
    record SignFlip() implements WeightChange {
        private static final int SIGN = 0x80000000;

        @Override
        public void apply(Parameter parameter, long from, float[] values, int count) {
            for (int i = 0; i < count; i++) {
                values[i] = flipped(values[i]);
            }
        }

        static float flipped(float value) {
            return Float.intBitsToFloat(Float.floatToRawIntBits(value) ^ SIGN);
        }
    }

    /**
     * θ → θ + ε as PyTorch's {@code parameter.add_(ε)} does it: ε is rounded to a float first, the sum of two floats is
     * rounded once, to the nearest. Where |θ| is large against ε the sum is θ itself.
     *
     * @param epsilon as a float; for 0 see {@link #of}
     */
    record AddEpsilon(float epsilon) implements WeightChange {
        public AddEpsilon {
            if (!Float.isFinite(epsilon)) {
                throw new IllegalArgumentException("epsilon must be finite as a float: " + epsilon);
            }
        }

        /** Returns the change for an ε; none for one that is 0 as a float, since −0 + 0 would be +0. */
        public static WeightChange of(double epsilon) {
            float rounded = (float) epsilon;
            return rounded == 0 ? new AsItIs() : new AddEpsilon(rounded);
        }

        @Override
        public void apply(Parameter parameter, long from, float[] values, int count) {
            for (int i = 0; i < count; i++) {
                values[i] += epsilon;
            }
        }
    }

    /**
     * θ → sθ with every s drawn −1 or 1: the sign bit is inverted where it is −1, so nothing is rounded.
     *
     * @param draws where the signs come from
     */
    record FlipSigns(Draws draws) implements WeightChange {
        @Override
        public void apply(Parameter parameter, long from, float[] values, int count) {
            CounterStream stream = draws.of(parameter);
            for (int i = 0; i < count; i++) {
                values[i] = Draws.isPlus(stream, from + i) ? values[i] : SignFlip.flipped(values[i]);
            }
        }
    }

    /**
     * θ → θ + s·size with every s drawn −1 or 1, rounded as {@link AddEpsilon} does.
     *
     * @param draws where the signs come from
     * @param size as a float; for 0 see {@link #of}
     */
    record AddSigns(Draws draws, float size) implements WeightChange {
        public AddSigns {
            if (!Float.isFinite(size)) {
                throw new IllegalArgumentException("random-signs' value must be finite as a float: " + size);
            }
        }

        /** Returns the change of a size; none for one that is 0 as a float. */
        static WeightChange of(Draws draws, double size) {
            float rounded = (float) size;
            return rounded == 0 ? new AsItIs() : new AddSigns(draws, rounded);
        }

        @Override
        public void apply(Parameter parameter, long from, float[] values, int count) {
            CounterStream stream = draws.of(parameter);
            for (int i = 0; i < count; i++) {
                values[i] += Draws.isPlus(stream, from + i) ? size : -size;
            }
        }
    }

    /**
     * θ → the next float up or down, drawn alike. Next to 0 are the smallest floats of either sign; above the largest finite
     * float is infinity.
     *
     * @param draws where the directions come from
     */
    record NextFloat(Draws draws) implements WeightChange {
        @Override
        public void apply(Parameter parameter, long from, float[] values, int count) {
            CounterStream stream = draws.of(parameter);
            for (int i = 0; i < count; i++) {
                values[i] = Draws.isPlus(stream, from + i) ? Math.nextUp(values[i]) : Math.nextDown(values[i]);
            }
        }
    }

    /**
     * θ → θ + cz with z standard normal: the sum is made in double and rounded once.
     *
     * @param draws where z comes from
     * @param factor c
     */
    record AddNormals(Draws draws, double factor) implements WeightChange {
        @Override
        public void apply(Parameter parameter, long from, float[] values, int count) {
            CounterStream stream = draws.of(parameter);
            for (int i = 0; i < count; i++) {
                values[i] = (float) (values[i] + factor * stream.normal(from + i));
            }
        }
    }

    /**
     * A change of the values in a scope; the others keep their bits.
     *
     * @param scope that is changed
     * @param change what is done there
     */
    record Within(ParameterScope scope, WeightChange change) implements WeightChange {
        @Override
        public void apply(Parameter parameter, long from, float[] values, int count) {
            if (!scope.holds(parameter)) {
                return;
            }
            DeadTaps leftOut = scope.leftOut(parameter);
            float[] before = values.clone();
            change.apply(parameter, from, values, count);
            for (int i = 0; i < count; i++) {
                values[i] = leftOut.isDead(from + i) ? before[i] : values[i];
            }
        }
    }

    /** θ → θ, for twins. */
    record AsItIs() implements WeightChange {
        @Override
        public void apply(Parameter parameter, long from, float[] values, int count) {
            // a twin starts from its parent's bits
        }
    }
}
