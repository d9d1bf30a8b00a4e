package io.thetascope.measures.movement;

import io.thetascope.measures.WeightsWalk;
import io.thetascope.networks.DeadTaps;
import java.util.ArrayList;
import java.util.List;

/** Sums over those elements of a tensor that are not geometry-dead: they are packed together, then summed like any other. */
final class LiveSums {
    private final byte[] dead;
    private final MovementSums sums;
    private final List<float[]> packed = new ArrayList<>();
    private int tap;

    /**
     * Sums from the first element of a tensor on.
     *
     * @param taps which of its elements are geometry-dead
     * @param startRms of the whole tensor
     */
    LiveSums(DeadTaps taps, double startRms) {
        this.dead = taps.bits();
        this.sums = new MovementSums(startRms);
    }

    /** Adds the next piece; all but the last are of a multiple of 8 values. */
    void add(List<float[]> pieces, int count) {
        while (packed.size() < pieces.size()) {
            packed.add(new float[WeightsWalk.PIECE]);
        }
        int live = 0;
        for (int i = 0; i < count; i++) {
            if ((dead[tap] >> (i % Byte.SIZE) & 1) == 0) {
                for (int side = 0; side < pieces.size(); side++) {
                    packed.get(side)[live] = pieces.get(side)[i];
                }
                live++;
            }
            if (i % Byte.SIZE == Byte.SIZE - 1) {
                tap = tap + 1 == dead.length ? 0 : tap + 1;
            }
        }
        sums.add(packed, live);
    }

    MovementSums sums() {
        return sums;
    }
}
