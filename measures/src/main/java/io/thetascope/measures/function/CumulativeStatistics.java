package io.thetascope.measures.function;

import io.thetascope.measures.NotMeasurableException;

// C channels

/**
 * The running statistics of a BatchNorm as PyTorch's {@code torch.optim.swa_utils.update_bn} recomputes them: the averages over all
 * batches of their mean and of their unbiased variance, every batch counting alike whatever its size.
 */
public final class CumulativeStatistics {
    private final double[] meansC;
    private final double[] variancesC;
    private long batches;

    /** Has seen no batch yet. */
    public CumulativeStatistics(int channels) {
        this.meansC = new double[channels];
        this.variancesC = new double[channels];
    }

    /**
     * Adds a batch.
     *
     * @param meanC of the batch
     * @param biasedVarianceC of the batch, as it normalises by
     * @param values of every channel: images × height × width
     * @throws NotMeasurableException with fewer than two values
     */
    public void add(float[] meanC, float[] biasedVarianceC, long values) {
        if (values < 2) {
            throw new NotMeasurableException(
                    "BatchNorm's statistics need at least two values a channel in a batch, there" + " are " + values
                            + "; give the run more training images");
        }
        double unbiased = (double) values / (values - 1);
        for (int c = 0; c < meansC.length; c++) {
            meansC[c] += meanC[c];
            variancesC[c] += biasedVarianceC[c] * unbiased;
        }
        batches++;
    }

    /** Returns the running mean. */
    public float[] meanC() {
        return averages(meansC);
    }

    /** Returns the running variance. */
    public float[] varianceC() {
        return averages(variancesC);
    }

    /** Returns how many batches were added. */
    public long batches() {
        return batches;
    }

    private float[] averages(double[] sumsC) {
        if (batches == 0) {
            throw new IllegalStateException("statistics of no batch at all");
        }
        float[] averagesC = new float[sumsC.length];
        for (int c = 0; c < sumsC.length; c++) {
            averagesC[c] = (float) (sumsC[c] / batches);
        }
        return averagesC;
    }
}
