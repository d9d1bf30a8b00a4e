package io.thetascope.trainer.checkpoint;

import io.thetascope.networks.Initializers;
import io.thetascope.networks.Parameter;
import io.thetascope.trainer.network.NetworkState;
import java.util.List;
import java.util.function.Predicate;

/** Parameters drawn from a seed. */
public final class DrawnWeights {
    private DrawnWeights() {}

    /** Overwrites the parameters whose names are asked for with what an initialisation draws in runs of a format. */
    public static void draw(int format, String kind, long seed, NetworkState state, Predicate<String> asked) {
        List<Parameter> parameters = state.weights().parameters();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            int number = i;
            if (asked.test(parameter.name())) {
                Pieces.of(
                        parameter.size(),
                        (from, count) -> state.weights()
                                .write(number, from, Initializers.draw(format, kind, parameter, seed, from, count)));
            }
        }
    }
}
