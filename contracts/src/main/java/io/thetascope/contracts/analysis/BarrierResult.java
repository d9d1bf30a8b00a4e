package io.thetascope.contracts.analysis;

import org.jspecify.annotations.Nullable;

/**
 * The loss along the straight line between two models (MEASURES §5).
 *
 * @param trainImages on which the training loss is taken: the first 5,000; where the run saw fewer, all of them; with BatchNorm five
 *     in seven where it saw fewer than 7,000
 * @param probeImages on which the test loss is taken
 * @param statisticsImages other training images, from which BatchNorm's statistics are recomputed at every point; 0 in networks
 *     without BatchNorm
 * @param raw along the line between the two as they are
 * @param aligned along the line from the left to the right with its units matched to the left's; absent where none was made
 * @param alignedAbsent why there is no aligned line; absent where there is
 */
public record BarrierResult(
        int trainImages,
        int probeImages,
        int statisticsImages,
        InterpolationLine raw,
        @Nullable InterpolationLine aligned,
        @Nullable String alignedAbsent) {}
