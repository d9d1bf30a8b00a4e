package io.thetascope.contracts.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The loss at (1−α)·left + α·right for α = 0, 0.1 … 1.
 *
 * @param trainLoss mean cross-entropy on the training images, one an α; absent where it is not finite
 * @param probeLoss mean cross-entropy on the probe images
 * @param trainBarrier max over α of L − the chord between the ends, nats per image; 0 where the line never rises above it; absent
 *     where a loss is not finite
 * @param probeBarrier the same on the probe images
 */
public record InterpolationLine(
        List<@Nullable Double> trainLoss,
        List<@Nullable Double> probeLoss,
        @Nullable Double trainBarrier,
        @Nullable Double probeBarrier) {
    public InterpolationLine {
        trainLoss = Collections.unmodifiableList(new ArrayList<>(trainLoss)); // may hold nulls
        probeLoss = Collections.unmodifiableList(new ArrayList<>(probeLoss));
    }
}
