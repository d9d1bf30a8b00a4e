package io.thetascope.measures;

import io.thetascope.networks.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Walks the parameters of several checkpoints side by side, piece by piece. */
public final class WeightsWalk {
    /** Values a piece, a multiple of 8: four such pieces fit the second-level cache of a core. */
    public static final int PIECE = 1 << 14;

    private final List<Weights> sides;
    private final List<float[]> pieces = new ArrayList<>();

    /** Takes the pieces of all sides at the same place. */
    @FunctionalInterface
    public interface Pieces {
        /**
         * Takes the next piece of every side.
         *
         * @param values one array a side, in the order of the sides; valid until the call returns
         * @param count how many values of each are valid
         */
        void accept(List<float[]> values, int count);
    }

    /** Walks these checkpoints; one that is given twice is read once. */
    public WeightsWalk(List<Weights> sides) {
        this.sides = List.copyOf(sides);
        for (int side = 0; side < sides.size(); side++) {
            int first = this.sides.indexOf(sides.get(side));
            pieces.add(first < side ? pieces.get(first) : new float[PIECE]);
        }
    }

    /** Hands over one parameter from its first value to its last. */
    public void over(Parameter parameter, Pieces use) {
        for (long from = 0; from < parameter.size(); from += PIECE) {
            int count = (int) Math.min(PIECE, parameter.size() - from);
            for (int side = 0; side < sides.size(); side++) {
                if (sides.indexOf(sides.get(side)) == side) {
                    sides.get(side).read(parameter, from, pieces.get(side), count);
                }
            }
            use.accept(pieces, count);
        }
    }
}
