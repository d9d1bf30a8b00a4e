package io.thetascope.perturbation.weights;

/** What is done to every trainable parameter, value by value, in place. Pure. */
public sealed interface WeightChange {
    /**
     * Changes the first values of an array.
     *
     * @param values of any trainable parameter
     * @param count how many of them
     */
    void apply(float[] values, int count);

    /** θ → −θ: the sign bit of every value is inverted, so 0 becomes −0 and nothing is rounded. */
    record SignFlip() implements WeightChange {
        private static final int SIGN = 0x80000000;

        @Override
        public void apply(float[] values, int count) {
            for (int i = 0; i < count; i++) {
                values[i] = Float.intBitsToFloat(Float.floatToRawIntBits(values[i]) ^ SIGN);
            }
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
        public void apply(float[] values, int count) {
            for (int i = 0; i < count; i++) {
                values[i] += epsilon;
            }
        }
    }

    /** θ → θ, for twins. */
    record AsItIs() implements WeightChange {
        @Override
        public void apply(float[] values, int count) {
            // a twin starts from its parent's bits
        }
    }
}
