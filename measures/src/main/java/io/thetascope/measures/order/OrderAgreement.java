package io.thetascope.measures.order;

import io.thetascope.contracts.analysis.OrderAgreementResult;
import io.thetascope.contracts.analysis.OrderAgreementResult.RankAgreement;
import io.thetascope.contracts.analysis.OrderResult;
import io.thetascope.contracts.analysis.OrderResult.BlockOrder;
import io.thetascope.contracts.analysis.OrderResult.ClassOnset;
import io.thetascope.measures.NotMeasurableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether two runs learned in the same order (MEASURES §4). */
public final class OrderAgreement {
    private static final double SAME_EPOCH = 1e-9;

    private OrderAgreement() {}

    /**
     * Compares two runs. Classes are paired by label, blocks by name.
     *
     * @throws NotMeasurableException when their checkpoints lie at different epochs
     */
    public static OrderAgreementResult measure(OrderResult left, OrderResult right) {
        requireSameEpochs(left.epochs(), right.epochs());
        return new OrderAgreementResult(
                agreement(onsets(left), onsets(right)),
                agreement(halves(left), halves(right)),
                tooCoarse(left.tooCoarse(), right.tooCoarse()));
    }

    private static void requireSameEpochs(List<Double> left, List<Double> right) {
        boolean same = left.size() == right.size();
        for (int i = 0; same && i < left.size(); i++) {
            same = Math.abs(left.get(i) - right.get(i)) <= SAME_EPOCH;
        }
        if (!same) {
            throw new NotMeasurableException("the checkpoints lie at different epochs, " + left + " and " + right
                    + ", so the orders do not compare; train both with the same epochs, batch and checkpoints");
        }
    }

    private static Map<Integer, Double> onsets(OrderResult order) {
        Map<Integer, Double> onsets = new LinkedHashMap<>();
        for (ClassOnset one : order.classes()) {
            if (one.onsetEpoch() != null) {
                onsets.put(one.label(), one.onsetEpoch());
            }
        }
        return onsets;
    }

    private static Map<String, Double> halves(OrderResult order) {
        Map<String, Double> halves = new LinkedHashMap<>();
        for (BlockOrder one : order.blocks()) {
            if (one.halfEpoch() != null) {
                halves.put(one.block(), one.halfEpoch());
            }
        }
        return halves;
    }

    private static <K> RankAgreement agreement(Map<K, Double> left, Map<K, Double> right) {
        List<Double> ofLeft = new ArrayList<>();
        List<Double> ofRight = new ArrayList<>();
        left.forEach((key, epoch) -> {
            Double other = right.get(key);
            if (other != null) {
                ofLeft.add(epoch);
                ofRight.add(other);
            }
        });
        return KendallTau.of(ofLeft, ofRight);
    }

    private static @Nullable String tooCoarse(@Nullable String left, @Nullable String right) {
        if (left == null && right == null) {
            return null;
        }
        if (left == null) {
            return "right: " + right;
        }
        return right == null ? "left: " + left : "left: " + left + "; right: " + right;
    }
}
