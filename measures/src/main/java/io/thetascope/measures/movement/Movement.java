package io.thetascope.measures.movement;

import io.thetascope.contracts.analysis.LayerMovement;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.Weights;
import io.thetascope.measures.WeightsWalk;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far the parameters of a run moved from one checkpoint to another, and from the start (MEASURES §1, §2): one pass
 * over the files, memory independent of the model. Buffers are not parameters, so they are never read.
 */
public final class Movement {
    private Movement() {}

    /**
     * Measures a movement.
     *
     * @param network whose parameters are measured, each and all together
     * @param fromStep where it is measured from
     * @param toStep where it is measured to
     * @param start θ0
     * @param from θ at {@code fromStep}; the same object as {@code start} where they are the same checkpoint
     * @param to θ at {@code toStep}
     * @throws NotMeasurableException when a value is not finite
     */
    public static MovementResult measure(
            NetworkDescription network, Step fromStep, Step toStep, Weights start, Weights from, Weights to) {
        WeightsWalk walk = new WeightsWalk(List.of(start, from, to));
        MovementSums whole = new MovementSums();
        List<LayerMovement> layers = new ArrayList<>();
        for (Parameter parameter : network.parameters()) {
            MovementSums sums = new MovementSums();
            walk.over(parameter, sums::add);
            layers.add(layer(parameter, sums.requireFinite(parameter.name())));
            whole.add(sums);
        }
        return new MovementResult(
                fromStep,
                toStep,
                whole.parameters(),
                whole.distance(),
                whole.distanceFromStart(),
                whole.norm(),
                whole.startNorm(),
                whole.relative(),
                whole.cosineToStart(),
                whole.changed(),
                layers);
    }

    private static LayerMovement layer(Parameter parameter, MovementSums sums) {
        return new LayerMovement(
                parameter.name(),
                parameter.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                sums.parameters(),
                sums.distance(),
                sums.distanceFromStart(),
                sums.rmsFromStart(),
                sums.norm(),
                sums.startNorm(),
                sums.relative(),
                sums.cosineToStart(),
                sums.changed());
    }
}
