package io.thetascope.measures;

import io.thetascope.networks.DeadTaps;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands on those elements of one parameter that are not geometry-dead, packed together. All pieces but the last are of a
 * multiple of 8 values.
 */
public final class LivePieces implements WeightsWalk.Pieces {
    private final byte[] dead;
    private final WeightsWalk.Pieces use;
    private final List<float[]> packed = new ArrayList<>();
    private int tap;

    /**
     * Packs from the first element of a parameter on.
     *
     * @param taps which of its elements are geometry-dead
     * @param use takes the others
     */
    public LivePieces(DeadTaps taps, WeightsWalk.Pieces use) {
        this.dead = taps.bits();
        this.use = use;
    }

    @Override
    public void accept(List<float[]> values, int count) {
        while (packed.size() < values.size()) {
            packed.add(new float[WeightsWalk.PIECE]);
        }
        int live = 0;
        for (int i = 0; i < count; i++) {
            if ((dead[tap] >> (i % Byte.SIZE) & 1) == 0) {
                for (int side = 0; side < values.size(); side++) {
                    packed.get(side)[live] = values.get(side)[i];
                }
                live++;
            }
            if (i % Byte.SIZE == Byte.SIZE - 1) {
                tap = tap + 1 == dead.length ? 0 : tap + 1;
            }
        }
        use.accept(packed, live);
    }
}
