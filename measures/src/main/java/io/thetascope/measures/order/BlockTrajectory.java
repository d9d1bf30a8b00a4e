package io.thetascope.measures.order;

import io.thetascope.contracts.analysis.OrderResult.BlockOrder;
import io.thetascope.contracts.identity.Step;
import io.thetascope.measures.features.CentredFeatures;
import io.thetascope.measures.features.Features;
import io.thetascope.measures.matrix.Product;
import io.thetascope.measures.similarity.LinearCka;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

// n images, p units, t checkpoints

/** What a block was at every checkpoint, seen from every other. */
final class BlockTrajectory {
    private static final double HALF = 0.5;
    private static final double ROUNDING = 1e-12;

    private final String block;
    private final int units;
    private final double[][] ckaTT;

    private BlockTrajectory(String block, int units, double[][] ckaTT) {
        this.block = block;
        this.units = units;
        this.ckaTT = ckaTT;
    }

    /** Asks for earlier outputs again for each pair: those of VGG19 take 32 MB a checkpoint, of which there may be many. */
    static BlockTrajectory of(String block, List<Step> steps, LearningOrder.Snapshots snapshots) {
        double[][] ckaTT = new double[steps.size()][steps.size()];
        List<LinearCka> sides = new ArrayList<>();
        int units = 0;
        for (int later = 0; later < steps.size(); later++) {
            CentredFeatures centred = centred(block, steps.get(later), snapshots);
            units = later == 0 ? centred.units() : units;
            if (centred.units() != units) {
                throw new IllegalArgumentException("block " + block + " needs " + units + " units at every step: "
                        + centred.units() + " at step " + steps.get(later));
            }
            sides.add(LinearCka.of(centred));
            for (int earlier = 0; earlier < later; earlier++) {
                CentredFeatures before = centred(block, steps.get(earlier), snapshots);
                ckaTT[later][earlier] = cka(sides.get(later), centred, sides.get(earlier), before);
                ckaTT[earlier][later] = ckaTT[later][earlier];
            }
            ckaTT[later][later] = sides.get(later).measurable() ? 1 : Double.NaN;
        }
        return new BlockTrajectory(block, units, ckaTT);
    }

    private static CentredFeatures centred(String block, Step step, LearningOrder.Snapshots snapshots) {
        float[] outputNP = snapshots.blockNP(block, step);
        int images = snapshots.images();
        if (outputNP.length % images != 0) {
            throw new IllegalArgumentException("block " + block + " needs one row for each of " + images
                    + " images at step " + step + ": " + outputNP.length);
        }
        Features.requireFinite("outputs of block " + block + " at step " + step, outputNP);
        return CentredFeatures.of(outputNP, images, outputNP.length / images).strongest();
    }

    private static double cka(LinearCka left, CentredFeatures leftNP, LinearCka right, CentredFeatures rightNP) {
        return left.measurable() && right.measurable()
                ? left.debiased(right, Product.transposed(leftNP.rowsNQ(), rightNP.rowsNQ()))
                : Double.NaN;
    }

    List<List<Double>> timeByTime() {
        return Arrays.stream(ckaTT)
                .map(row -> Arrays.stream(row).boxed().toList())
                .toList();
    }

    BlockOrder order(LearningOrder.Timeline timeline) {
        double[] toEnd = ckaTT[ckaTT.length - 1];
        int half = half(toEnd);
        List<@Nullable Double> ckaToEnd = new ArrayList<>();
        for (double cka : toEnd) {
            ckaToEnd.add(Double.isNaN(cka) ? null : cka);
        }
        return new BlockOrder(block, units, ckaToEnd, timeline.step(half), timeline.epoch(half));
    }

    /** Returns the first checkpoint that has come half the way to the end, or −1 where there is no way to go. */
    static int half(double[] ckaToEndT) {
        double start = ckaToEndT[0];
        if (!(1 - start > ROUNDING)) { // also when it is not a number
            return -1;
        }
        for (int time = 0; time < ckaToEndT.length; time++) {
            if ((ckaToEndT[time] - start) / (1 - start) >= HALF) {
                return time;
            }
        }
        return -1;
    }
}
