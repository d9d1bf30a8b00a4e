package io.thetascope.trainer.data;

/**
 * In which order an epoch sees the images: a permutation that follows from (order seed, epoch) alone.
 *
 * @param seed of the run, from its spec
 * @param images how many there are
 */
public record DataOrder(long seed, int images) {
    public DataOrder {
        if (images < 1) {
            throw new IllegalArgumentException("an order needs at least one image: " + images);
        }
    }

    /** Returns the image at each position of an epoch, counted from 1: a Fisher–Yates shuffle. */
    public long[] ofEpoch(int epoch) {
        long[] order = new long[images];
        for (int i = 0; i < images; i++) {
            order[i] = i;
        }
        OrderStream random = new OrderStream(seed, epoch);
        for (int i = images - 1; i > 0; i--) {
            int j = random.below(i + 1);
            long swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
