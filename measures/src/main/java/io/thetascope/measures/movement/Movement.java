package io.thetascope.measures.movement;

import io.thetascope.contracts.analysis.LayerMovement;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.measures.Evidence;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.Weights;
import io.thetascope.measures.WeightsWalk;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
     * @param before θ at the checkpoint before {@code fromStep}; absent in the first piece of a run
     * @param from θ at {@code fromStep}; the same object as {@code start} where they are the same checkpoint
     * @param to θ at {@code toStep}
     * @param evidence up to {@code toStep}; absent where none is kept
     * @throws NotMeasurableException when a value is not finite, or the evidence is not that of {@code to}
     */
    public static MovementResult measure(
            NetworkDescription network,
            Step fromStep,
            Step toStep,
            Weights start,
            @Nullable Weights before,
            Weights from,
            Weights to,
            @Nullable Evidence evidence) {
        WeightsWalk walk = new WeightsWalk(List.of(start, from, to));
        MovementSums whole = new MovementSums();
        Causes causes = new Causes(evidence != null);
        List<LayerMovement> layers = new ArrayList<>();
        for (Parameter parameter : network.parameters()) {
            MovementSums sums = new MovementSums();
            Unchanged unchanged = new Unchanged(parameter, network.deadTaps(parameter), evidence, WeightsWalk.PIECE);
            walk.over(parameter, (pieces, count) -> {
                sums.add(pieces, count);
                unchanged.add(pieces.get(0), pieces.get(2), count);
            });
            sums.requireFinite(parameter.name());
            layers.add(layer(parameter, sums, unchanged.causes()));
            whole.add(sums);
            causes.add(unchanged.causes());
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
                causes.attribution(),
                layers,
                null,
                null,
                null,
                List.of(),
                null);
    }

    private static LayerMovement layer(Parameter parameter, MovementSums sums, Causes causes) {
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
                sums.changed(),
                causes.attribution(),
                null,
                null);
    }
}
