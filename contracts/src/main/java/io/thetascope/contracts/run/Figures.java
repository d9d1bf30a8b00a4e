package io.thetascope.contracts.run;

import org.jspecify.annotations.Nullable;

/**
 * Loss and accuracy over a set of images.
 *
 * @param loss mean cross-entropy, nats per image; absent when it was not finite
 * @param accuracy share of images classified right, 0–1
 */
public record Figures(@Nullable Double loss, double accuracy) {
    public Figures {
        loss = loss != null && Double.isFinite(loss) ? loss : null;
        if (!(accuracy >= 0 && accuracy <= 1)) {
            throw new IllegalArgumentException("accuracy must be within 0 and 1: " + accuracy);
        }
    }
}
