package io.thetascope.gateway.report;

import io.thetascope.contracts.analysis.Attribution;
import io.thetascope.networks.DeadTaps;
import io.thetascope.networks.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * What of a layer with geometry-dead weights never moved.
 *
 * @param name of its kernel, such as {@code layer4.0.conv1.weight}
 * @param parameters of the kernel
 * @param taps of one filter and channel
 * @param deadTaps how many of those can only meet padding
 * @param predictedGeometryDead parameters at those taps, known before training
 * @param found the causes after the last step planned; absent until they are measured
 */
public record UnmovedLayer(
        String name,
        long parameters,
        int taps,
        int deadTaps,
        long predictedGeometryDead,
        @Nullable Attribution found) {
    static UnmovedLayer of(Parameter kernel, DeadTaps dead, @Nullable Attribution found) {
        return new UnmovedLayer(
                kernel.name(), kernel.size(), dead.taps(), dead.dead().size(), dead.count(kernel.size()), found);
    }
}
