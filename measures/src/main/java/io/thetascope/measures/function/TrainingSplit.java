package io.thetascope.measures.function;

/**
 * Which of a run's training images a loss is taken on, and from which others BatchNorm's statistics are recomputed (MEASURES §5):
 * the first ones, and those right behind them.
 *
 * @param loss images from the first on
 * @param statistics images behind those; 0 in a network without BatchNorm
 */
public record TrainingSplit(int loss, int statistics) {
    private static final int LOSS = 5_000;
    private static final int STATISTICS = 2_000;
    private static final int WHOLE = LOSS + STATISTICS;

    public TrainingSplit {
        if (loss < 1 || statistics < 0) {
            throw new IllegalArgumentException(
                    "a loss needs at least one training image: " + loss + ", and for statistics " + statistics);
        }
    }

    /**
     * Returns 5,000 and 2,000 images; where there are fewer than 7,000, five in seven and the rest. All of the first 5,000 are there
     * for the loss where no statistics are needed.
     *
     * @param images that the run was trained on, at least 2
     * @param normalised whether its network has a BatchNorm
     */
    public static TrainingSplit of(int images, boolean normalised) {
        if (!normalised) {
            return new TrainingSplit(Math.min(LOSS, images), 0);
        }
        if (images >= WHOLE) {
            return new TrainingSplit(LOSS, STATISTICS);
        }
        int loss = Math.toIntExact((long) images * LOSS / WHOLE);
        return new TrainingSplit(loss, images - loss);
    }
}
