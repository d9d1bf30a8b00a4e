package io.thetascope.measures.movement;

import io.thetascope.contracts.analysis.Attribution;
import io.thetascope.contracts.analysis.LayerMovement;
import io.thetascope.contracts.analysis.MovementResult;
import io.thetascope.contracts.identity.Step;
import io.thetascope.measures.CompensatedSum;
import io.thetascope.measures.Evidence;
import io.thetascope.measures.LivePieces;
import io.thetascope.measures.NotMeasurableException;
import io.thetascope.measures.Weights;
import io.thetascope.measures.WeightsWalk;
import io.thetascope.networks.DeadTaps;
import io.thetascope.networks.NetworkDescription;
import io.thetascope.networks.Parameter;
import io.thetascope.networks.ParameterKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the parameters of a run moved from one checkpoint to another, and from the start (MEASURES §1, §2): one pass
 * over the files, and one more over the start for the size of each of its tensors; memory independent of the model.
 * Buffers are not parameters, so they are never read.
 */
public final class Movement {
    private static final String LIVE = "live";

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
     * @throws NotMeasurableException when a value is not finite, the evidence is not that of {@code to}, or {@code to} is a copy
     *     of {@code from}
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
        WeightsWalk walk =
                new WeightsWalk(before == null ? List.of(start, from, to) : List.of(start, from, to, before));
        WeightsWalk startWalk = new WeightsWalk(List.of(start));
        MovementSums whole = new MovementSums();
        MovementSums live = new MovementSums();
        Map<ParameterKind, MovementSums> kinds = new EnumMap<>(ParameterKind.class);
        Causes causes = new Causes(evidence != null);
        List<LayerMovement> layers = new ArrayList<>();
        for (Parameter parameter : network.parameters()) {
            Tensor tensor = new Tensor(parameter, network.deadTaps(parameter), rms(startWalk, parameter), evidence);
            walk.over(parameter, tensor::add);
            tensor.sums.requireFinite(parameter.name());
            layers.add(layer(parameter, tensor.sums, tensor.unchanged.causes()));
            whole.add(tensor.sums);
            live.add(tensor.live);
            kinds.computeIfAbsent(parameter.kind(), kind -> new MovementSums()).add(tensor.sums);
            causes.add(tensor.unchanged.causes());
        }
        requireNoDuplicate(fromStep, toStep, whole, causes.attribution());
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
                whole.cosineToPrevious(),
                whole.rmsFromStart(),
                whole.change(),
                kinds.entrySet().stream()
                        .map(kind -> kind.getValue().group(name(kind.getKey())))
                        .toList(),
                live.group(LIVE));
    }

    /** The sums of one tensor, whole and without what is geometry-dead. */
    private static final class Tensor {
        private final MovementSums sums;
        private final Unchanged unchanged;
        private final MovementSums live;
        private final @Nullable LivePieces livePieces;

        Tensor(Parameter parameter, DeadTaps taps, double startRms, @Nullable Evidence evidence) {
            this.sums = new MovementSums(startRms);
            this.unchanged = new Unchanged(parameter, taps, evidence, WeightsWalk.PIECE);
            this.live = taps.dead().isEmpty() ? sums : new MovementSums(startRms);
            this.livePieces = taps.dead().isEmpty() ? null : new LivePieces(taps, live::add);
        }

        void add(List<float[]> pieces, int count) {
            sums.add(pieces, count);
            unchanged.add(pieces.get(0), pieces.get(2), count);
            if (livePieces != null) {
                livePieces.accept(pieces, count);
            }
        }
    }

    private static double rms(WeightsWalk startWalk, Parameter parameter) {
        CompensatedSum squares = new CompensatedSum();
        startWalk.over(parameter, (pieces, count) -> {
            double sum = 0;
            for (int i = 0; i < count; i++) {
                sum += (double) pieces.get(0)[i] * pieces.get(0)[i];
            }
            squares.add(sum);
        });
        return Math.sqrt(squares.value() / parameter.size());
    }

    /** Two checkpoints that are equal in every value are one that was stored twice, unless it is known that nothing moved. */
    private static void requireNoDuplicate(Step fromStep, Step toStep, MovementSums whole, Attribution attribution) {
        boolean neverChanged = attribution.evidence()
                && whole.distanceFromStart() == 0
                && attribution.returned() + attribution.unexplained() == 0;
        if (whole.distance() == 0 && !neverChanged) {
            throw new NotMeasurableException("the checkpoints at steps " + fromStep + " and " + toStep
                    + " are equal in every parameter, and no evidence shows that no update changed one: is one of them a"
                    + " copy of the other? Train the run again");
        }
    }

    private static LayerMovement layer(Parameter parameter, MovementSums sums, Causes causes) {
        return new LayerMovement(
                parameter.name(),
                name(parameter.kind()),
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
                sums.cosineToPrevious(),
                sums.change());
    }

    private static String name(ParameterKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
