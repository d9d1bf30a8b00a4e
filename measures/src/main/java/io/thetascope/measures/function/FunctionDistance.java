package io.thetascope.measures.function;

import io.thetascope.measures.CompensatedSum;
import io.thetascope.measures.Ratios;
import org.jspecify.annotations.Nullable;

/** How far apart the outputs of two networks are on the same images. */
public final class FunctionDistance {
    private FunctionDistance() {}

    /**
     * Returns ‖to − from‖ / ‖from‖ in double, or nothing where {@code from} is 0; not finite where a value is not.
     *
     * @param from outputs of the one
     * @param to as many outputs of the other, in the same order
     */
    public static @Nullable Double relative(float[] from, float[] to) {
        if (from.length != to.length) {
            throw new IllegalArgumentException(
                    "outputs on the same images are as many: " + from.length + " and " + to.length);
        }
        CompensatedSum change = new CompensatedSum();
        CompensatedSum base = new CompensatedSum();
        for (int i = 0; i < from.length; i++) {
            double moved = (double) to[i] - from[i];
            change.add(moved * moved);
            base.add((double) from[i] * from[i]);
        }
        return Ratios.of(change.root(), base.root());
    }
}
