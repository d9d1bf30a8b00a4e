package io.thetascope.measures.orientation;

import io.thetascope.measures.Weights;
import io.thetascope.measures.WeightsWalk;
import io.thetascope.networks.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Hands on the pieces of several models that are walked side by side, each turned by its own γ; what it gets stays as it is. */
public final class TurnedPieces {
    private final List<Orientation> sides;
    private final List<float[]> turned = new ArrayList<>();

    /**
     * Reads the γ of all models.
     *
     * @param filters those of their network
     * @param sides in the order of the walk
     */
    public TurnedPieces(List<NormalisedFilters> filters, List<? extends Weights> sides) {
        this.sides =
                sides.stream().map(weights -> new Orientation(filters, weights)).toList();
        sides.forEach(side -> turned.add(new float[WeightsWalk.PIECE]));
    }

    /** Whether a value of this parameter is negated in any of the models. */
    public boolean touch(Parameter parameter) {
        return sides.stream().anyMatch(side -> side.turns(parameter));
    }

    /** Returns what takes a parameter from its first piece on and hands it on turned. */
    public WeightsWalk.Pieces of(Parameter parameter, WeightsWalk.Pieces use) {
        return new Walk(parameter, use);
    }

    private final class Walk implements WeightsWalk.Pieces {
        private final Parameter parameter;
        private final WeightsWalk.Pieces use;
        private long from;

        Walk(Parameter parameter, WeightsWalk.Pieces use) {
            this.parameter = parameter;
            this.use = use;
        }

        @Override
        public void accept(List<float[]> values, int count) {
            for (int side = 0; side < sides.size(); side++) {
                float[] into = turned.get(side);
                System.arraycopy(values.get(side), 0, into, 0, count);
                sides.get(side).turn(parameter, from, into, count);
            }
            from += count;
            use.accept(turned, count);
        }
    }
}
