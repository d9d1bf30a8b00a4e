package io.thetascope.measures.order;

import io.thetascope.contracts.analysis.OrderResult.ClassOnset;
import io.thetascope.contracts.identity.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

// t checkpoints

/** When the classes were learned. */
final class Onsets {
    private static final double SHARE = 0.5;

    private Onsets() {}

    static List<ClassOnset> of(LearningOrder.Timeline timeline, LearningOrder.Snapshots snapshots) {
        List<List<@Nullable Double>> recallTC = new ArrayList<>();
        for (Step step : timeline.steps()) {
            recallTC.add(snapshots.recall(step));
        }
        List<ClassOnset> onsets = new ArrayList<>();
        for (int c = 0; c < recallTC.get(0).size(); c++) {
            int label = c;
            if (recallTC.get(0).get(label) != null) {
                List<Double> recallT = recallTC.stream()
                        .map(recall -> Objects.requireNonNull(recall.get(label), "recall of class " + label))
                        .toList();
                int onset = onset(recallT);
                onsets.add(new ClassOnset(label, recallT, timeline.step(onset), timeline.epoch(onset)));
            }
        }
        return onsets;
    }

    /** Returns the first checkpoint from which on the recall stays at half its last value or above, or −1 where that is 0. */
    static int onset(List<Double> recallT) {
        double last = recallT.get(recallT.size() - 1);
        if (last == 0) {
            return -1;
        }
        int time = recallT.size() - 1;
        while (time > 0 && recallT.get(time - 1) >= SHARE * last) {
            time--;
        }
        return time;
    }
}
