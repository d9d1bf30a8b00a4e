package io.thetascope.measures.comparison;

import io.thetascope.contracts.analysis.ComparisonResult;
import io.thetascope.contracts.analysis.Triangle;
import io.thetascope.measures.LivePieces;
import io.thetascope.measures.WeightsWalk;
import io.thetascope.measures.orientation.TurnedPieces;
import io.thetascope.networks.DeadTaps;
import io.thetascope.networks.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The whole, every tensor, what is live, and the whole modulo BatchNorm's sign: all summed up on one walk. */
final class Parts {
    /** A displacement below this share of the drift says nothing by itself. */
    private static final double DRIFT_SHARE = 0.1;

    private static final String WHOLE = "whole";

    private final Supplier<TriangleSums> fresh;
    private final @Nullable TurnedPieces turning;
    private final TriangleSums whole;
    private final TriangleSums live;
    private final TriangleSums turned;
    private final List<Triangle> layers = new ArrayList<>();

    /**
     * Sums nothing yet.
     *
     * @param fresh gives sums for the models that are compared
     * @param turning turns them; absent in networks without BatchNorm
     */
    Parts(Supplier<TriangleSums> fresh, @Nullable TurnedPieces turning) {
        this.fresh = fresh;
        this.turning = turning;
        this.whole = fresh.get();
        this.live = fresh.get();
        this.turned = fresh.get();
    }

    /** Adds a tensor from its first value to its last. */
    void add(Parameter parameter, DeadTaps taps, WeightsWalk walk) {
        TriangleSums tensor = fresh.get();
        List<WeightsWalk.Pieces> uses = new ArrayList<>(List.of(tensor::add));
        TriangleSums tensorLive = tensor;
        if (!taps.dead().isEmpty()) {
            tensorLive = fresh.get();
            uses.add(new LivePieces(taps, tensorLive::add));
        }
        TriangleSums tensorTurned = tensor;
        if (turning != null && turning.touch(parameter)) {
            tensorTurned = fresh.get();
            uses.add(turning.of(parameter, tensorTurned::add));
        }
        walk.over(parameter, (pieces, count) -> uses.forEach(use -> use.accept(pieces, count)));
        tensor.requireFinite(parameter.name());
        layers.add(tensor.triangle(parameter.name()));
        whole.add(tensor);
        live.add(tensorLive);
        turned.add(tensorTurned);
    }

    ComparisonResult result() {
        Triangle all = whole.triangle(WHOLE);
        Boolean belowDrift = belowDrift(all);
        return new ComparisonResult(
                all.norm1(),
                all.norm2(),
                all.distance(),
                all.cosine(),
                all.displaced(),
                all.moved(),
                all.departure(),
                all.recovery(),
                all.drift(),
                all.ratioToDrift(),
                belowDrift,
                label(all, belowDrift),
                live.triangle(Triangle.LIVE),
                turning == null ? null : turned.triangle(Triangle.MODULO_SIGN),
                layers,
                null,
                null);
    }

    private static @Nullable Boolean belowDrift(Triangle all) {
        Double displaced = all.displaced();
        Double drift = all.drift();
        return (displaced == null || drift == null) ? null : displaced < DRIFT_SHARE * drift;
    }

    private static @Nullable String label(Triangle all, @Nullable Boolean belowDrift) {
        if (all.displaced() != null && all.drift() == null) {
            return Comparison.DRIFT_UNKNOWN;
        }
        return Boolean.TRUE.equals(belowDrift) ? ComparisonResult.BELOW_DRIFT : null;
    }
}
